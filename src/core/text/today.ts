const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** What day it is for the person, as a line of a prompt. `offset`: minutes that their time is ahead of UTC. */
export function todayLine(now: number, offset: number): string {
  const local = new Date(now + offset * 60_000);
  const date = local.toISOString().slice(0, 10);
  return `Today is ${days.at(local.getUTCDay()) ?? ''}, ${date} (UTC${offsetText(offset)}).`;
}

function offsetText(offset: number): string {
  const minutes = Math.abs(offset);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
