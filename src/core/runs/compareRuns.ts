import type { Metric } from '../domain/artifact.ts';
import { type Json, sameJson } from '../domain/json.ts';
import type { Run, RunSummary } from '../domain/run.ts';
import { own } from '../domain/own.ts';
import { type Direction, metricDirection } from './metricDirection.ts';

/** A parameter in both runs; undefined where a run does not have it. */
export interface ParameterDifference {
  readonly name: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** A metric in both runs; undefined where a run does not have it. */
export interface MetricDifference {
  /** The metric's name, with its task in front where two tasks have one of that name. */
  readonly name: string;
  readonly before: Metric['value'] | undefined;
  readonly after: Metric['value'] | undefined;
  readonly direction: Direction;
}

/** `after` held against `before`. */
export interface RunComparison {
  readonly before: RunSummary;
  readonly after: RunSummary;
  /** Only those that differ. */
  readonly parameters: readonly ParameterDifference[];
  readonly metrics: readonly MetricDifference[];
  /** Milliseconds from start to end, where the run has ended. */
  readonly durations: { readonly before: number | undefined; readonly after: number | undefined };
}

/** Compares two runs: parameters that differ, every metric, the time. Neither needs to have ended. */
export function compareRuns(before: RunSummary, after: RunSummary): RunComparison {
  return {
    before,
    after,
    parameters: differingParameters(before, after),
    metrics: compareMetrics(before.metrics, after.metrics),
    durations: { before: runDuration(before), after: runDuration(after) },
  };
}

/** Milliseconds from the first task to the end; undefined before it ended. */
export function runDuration(run: Pick<Run, 'startedAt' | 'endedAt' | 'createdAt'>): number | undefined {
  return run.endedAt === undefined ? undefined : run.endedAt - (run.startedAt ?? run.createdAt);
}

function differingParameters(before: RunSummary, after: RunSummary): ParameterDifference[] {
  const names = new Set([...Object.keys(before.parameters), ...Object.keys(after.parameters)]);
  return [...names]
    .map((name) => ({ name, before: own(before.parameters, name), after: own(after.parameters, name) }))
    .filter((row) => !sameJson(row.before, row.after));
}

function compareMetrics(before: readonly Metric[], after: readonly Metric[]): MetricDifference[] {
  const all = new Map<string, Metric>();
  for (const metric of [...after, ...before]) all.set(key(metric), all.get(key(metric)) ?? metric);
  const names = [...all.values()].map((metric) => metric.name);
  return [...all].map(([id, metric]) => ({
    name:
      names.filter((name) => name === metric.name).length > 1
        ? [metric.task, metric.name].join('/')
        : metric.name,
    before: before.find((one) => key(one) === id)?.value,
    after: after.find((one) => key(one) === id)?.value,
    direction: metricDirection(metric.name),
  }));
}

const key = (metric: Metric) => [metric.task, metric.artifact, metric.name].join('\n');
