/** A day as it is on this machine: "2026-04-03". */
export function day(ms: number): string {
  const date = new Date(ms);
  return [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
}

/** A day with its time as it is on this machine: "2026-04-03 14:05". */
export function moment(ms: number): string {
  const date = new Date(ms);
  return `${day(ms)} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** A moment, and only its time where it is on the day of `other`: "14:05". */
export function momentAfter(ms: number, other: number): string {
  return day(ms) === day(other) ? moment(ms).slice(-5) : moment(ms);
}

const two = (n: number) => String(n).padStart(2, '0');
