import type { Run, RunSummary } from '../domain/run.ts';
import { compareRuns, type MetricDifference } from '../runs/compareRuns.ts';
import { type Direction, metricDirection } from '../runs/metricDirection.ts';
import { figure, figures } from '../text/values.ts';

/** One figure of a run. `exact` is what the run's files say, `value` is for reading. */
export interface MetricRow {
  readonly name: string;
  readonly task: string;
  readonly artifact: string;
  readonly value: string;
  readonly exact: string;
  readonly direction: Direction;
  /** How it stands against the last good run, when both are numbers. */
  readonly change?: MetricChange;
}

/** "up 0.03", from what, and whether that is better where the name tells. */
export interface MetricChange {
  readonly before: string;
  readonly way: 'up' | 'down' | 'same';
  readonly by: string;
  readonly verdict: 'better' | 'worse' | 'unknown' | 'same';
}

/** Every metric of a run in the order of its tasks, with its change since the last good run. */
export function metricRows(
  run: Pick<Run, keyof RunSummary>,
  previous: RunSummary | undefined,
): readonly MetricRow[] {
  const differences = previous === undefined ? [] : compareRuns(previous, run).metrics;
  return run.metrics.map((metric, index) => {
    // compareRuns gives the metrics of the later run first, in their order.
    const difference = differences[index];
    const change = difference === undefined ? undefined : metricChange(difference);
    return {
      name: metric.name,
      task: metric.task,
      artifact: metric.artifact,
      value: figure(metric.value),
      exact: String(metric.value),
      direction: metricDirection(metric.name),
      ...(change === undefined ? {} : { change }),
    };
  });
}

/** How a metric changed between two runs; undefined unless both values are finite numbers. */
export function metricChange({ before, after, direction }: MetricDifference): MetricChange | undefined {
  if (typeof before !== 'number' || typeof after !== 'number') return undefined;
  const { change } = figures(after, before);
  const shown = figure(before);
  if (before === after) return { before: shown, way: 'same', by: change, verdict: 'same' };
  const way = after > before ? 'up' : 'down';
  if (direction === 'unknown') return { before: shown, way, by: change, verdict: 'unknown' };
  return {
    before: shown,
    way,
    by: change,
    verdict: after > before === (direction === 'higher') ? 'better' : 'worse',
  };
}
