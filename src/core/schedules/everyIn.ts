export type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month';

/** "Every 30 minutes". */
export interface Every {
  readonly count: number;
  readonly unit: Unit;
}

const units: readonly (readonly [Unit, string])[] = [
  ['second', 's|secs?|seconds?|sekunden?'],
  ['minute', 'm|mins?|minutes?|minuten?'],
  ['hour', 'h|hrs?|hours?|stunden?'],
  ['day', 'days?|tage?n?'],
  ['week', 'weeks?|wochen?'],
  ['month', 'months?|monate?n?'],
];

const counts: { readonly [word: string]: number } = {
  other: 2,
  second: 2,
  zweite: 2,
  zweiten: 2,
  third: 3,
  dritte: 3,
  dritten: 3,
  fourth: 4,
  vierte: 4,
};

const word = Object.keys(counts).join('|');
const every = 'every|each|alle|jede[rnms]?';

/** How far apart runs are, and the text without that; undefined where it says another thing or none. */
export function everyIn(text: string): { readonly every: Every | undefined; readonly rest: string } {
  const half = new RegExp(`\\b(?:${every}) (?:half(?: an)? hour|halbe stunde)\\b|\\bhalf-?hourly\\b`);
  const hourly = /\b(?:hourly|stuendlich)\b/;
  if (half.test(text)) return { every: { count: 30, unit: 'minute' }, rest: text.replace(half, ' ') };
  if (hourly.test(text)) return { every: { count: 1, unit: 'hour' }, rest: text.replace(hourly, ' ') };
  for (const [unit, names] of units) {
    const pattern = new RegExp(
      `\\b(?:${every})(?: (?<count>\\d{1,4}|${word})\\.? ?| )(?<unit>${names})(?= |,|$)`,
    );
    const { count } = pattern.exec(text)?.groups ?? {};
    if (!pattern.test(text)) continue;
    const times = count === undefined ? 1 : (counts[count] ?? Number(count));
    // "Every day", "every week" and "every month" say days.
    if (times === 1 && ['day', 'week', 'month'].includes(unit)) continue;
    return { every: { count: times, unit }, rest: text.replace(pattern, ' ') };
  }
  return { every: undefined, rest: text };
}
