import type { Metric } from '../domain/artifact.ts';
import { figures } from '../text/values.ts';
import type { Direction } from './metricDirection.ts';

/** How a metric changed between two runs, such as "up 0.03", and whether that is better, where its name tells. */
export interface MetricChange {
  readonly before: string;
  /** With more decimals than other figures only where the difference would not show. */
  readonly now: string;
  readonly way: 'up' | 'down' | 'same';
  readonly by: string;
  readonly verdict: 'better' | 'worse' | 'unknown' | 'same';
}

/** How a metric changed; undefined unless both values are numbers. */
export function metricChange(
  before: Metric['value'] | undefined,
  after: Metric['value'] | undefined,
  direction: Direction,
): MetricChange | undefined {
  if (typeof before !== 'number' || typeof after !== 'number') return undefined;
  const { change, ...texts } = figures(after, before);
  const shown = { ...texts, by: change };
  if (before === after) return { ...shown, way: 'same', verdict: 'same' };
  const way = after > before ? 'up' : 'down';
  if (direction === 'unknown') return { ...shown, way, verdict: 'unknown' };
  return { ...shown, way, verdict: (way === 'up') === (direction === 'higher') ? 'better' : 'worse' };
}
