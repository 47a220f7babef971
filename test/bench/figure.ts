/** Milliseconds, seconds, a million bytes, or a count. */
export type Unit = 'ms' | 's' | 'MB' | '';

/** What one measurement came to. */
export interface Figure {
  readonly what: string;
  readonly unit: Unit;
  readonly median: number;
  readonly samples: readonly number[];
  /** What it is held against: an aim in the same unit, or a peer's median that it should be `times` faster than. */
  readonly against?: Limit | Peer;
}

interface Limit {
  readonly limit: number;
}

interface Peer {
  readonly peer: string;
  readonly median: number;
  readonly times?: number;
}

/** The figure of some samples. */
export function figure(what: string, unit: Unit, samples: readonly number[], against?: Limit | Peer): Figure {
  return { what, unit, samples, median: median(samples), ...(against === undefined ? {} : { against }) };
}

export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('There are no samples.');
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Whether the aim is met; undefined where there is none. */
export function met({ median: value, against }: Figure): boolean | undefined {
  if (against === undefined) return undefined;
  if ('limit' in against) return value <= against.limit;
  return against.times === undefined ? undefined : against.median / value >= against.times;
}

/** "what, median of N, limit, ratio". */
export function line(one: Figure): string {
  const { what, unit, samples, against } = one;
  const head = `${what.padEnd(56)} ${number(one.median)} ${unit.padEnd(2)} median of ${samples.length}`;
  if (against === undefined) return head;
  const verdict = met(one) === false ? '  MISSED' : '';
  if ('limit' in against)
    return `${head}, limit ${against.limit} ${unit}${ofLimit(one.median, against.limit)}${verdict}`;
  const aim = against.times === undefined ? '' : ` (aim ${against.times})`;
  return `${head}, ${against.peer} ${number(against.median).trim()} ${unit}, ${ratio(against.median / one.median)} times less${aim}${verdict}`;
}

const number = (value: number) => value.toFixed(value < 10 ? 2 : 1).padStart(7);
const ofLimit = (value: number, limit: number) => (limit === 0 ? '' : `, ratio ${ratio(value / limit)}`);
const ratio = (value: number) => value.toFixed(2);
