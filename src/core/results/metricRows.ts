import type { Run, RunSummary } from '../domain/run.ts';
import { comparisonOf } from '../runs/comparison.ts';
import { type MetricChange, metricChange } from '../runs/metricChange.ts';
import { type Direction, metricDirection } from '../runs/metricDirection.ts';
import { figure } from '../text/values.ts';

/** One figure of a run. `exact` is the value in the run's files, `value` is for reading. */
export interface MetricRow {
  readonly name: string;
  readonly task: string;
  readonly artifact: string;
  readonly value: string;
  readonly exact: string;
  readonly direction: Direction;
  /** The change since the last good run, when both are numbers. */
  readonly change?: MetricChange;
}

/** Every metric of a run in the order of its tasks, with its change since the last good run. */
export function metricRows(
  run: Pick<Run, keyof RunSummary>,
  previous: RunSummary | undefined,
): readonly MetricRow[] {
  const compared = previous === undefined ? [] : comparisonOf([previous, run]).metrics;
  return run.metrics.map((metric, index) => {
    const direction = metricDirection(metric.name);
    // A comparison has the metrics of the last run first, in their order.
    const change = metricChange(compared[index]?.values[0], metric.value, direction);
    return {
      name: metric.name,
      task: metric.task,
      artifact: metric.artifact,
      value: figure(metric.value),
      exact: String(metric.value),
      direction,
      ...(change === undefined ? {} : { change }),
    };
  });
}
