import type { Metric } from '../domain/artifact.ts';
import { type Json, sameJson } from '../domain/json.ts';
import { own } from '../domain/own.ts';
import type { RunSummary } from '../domain/run.ts';
import { type Direction, metricDirection } from './metricDirection.ts';

/** A parameter in each run, in the order of the runs; undefined where a run does not have it. */
export interface ParameterInRuns {
  readonly name: string;
  readonly differs: boolean;
  readonly values: readonly (Json | undefined)[];
}

/** A metric in each run, in the order of the runs; undefined where a run does not have it. */
export interface MetricInRuns {
  /** The metric's name, with its task in front where two tasks have one of that name. */
  readonly name: string;
  readonly direction: Direction;
  readonly values: readonly (Metric['value'] | undefined)[];
}

/** Runs side by side: parameters, then metrics in the order of the last run, followed by those of the others only. */
export interface RunComparison {
  readonly parameters: readonly ParameterInRuns[];
  readonly metrics: readonly MetricInRuns[];
}

/** What of a run is compared. */
type Figures = Pick<RunSummary, 'parameters' | 'metrics'>;

/** Compares runs, the earliest first. They may be active. */
export function comparisonOf(runs: readonly Figures[]): RunComparison {
  return { parameters: parametersOf(runs), metrics: metricsOf(runs) };
}

function parametersOf(runs: readonly Figures[]): readonly ParameterInRuns[] {
  const names = new Set(runs.flatMap((run) => Object.keys(run.parameters)));
  return [...names].map((name) => {
    const values = runs.map((run) => own(run.parameters, name));
    return { name, differs: values.some((value) => !sameJson(value, values[0])), values };
  });
}

function metricsOf(runs: readonly Figures[]): readonly MetricInRuns[] {
  const all = new Map<string, Metric>();
  for (const metric of [...runs.slice(-1), ...runs].flatMap((run) => run.metrics)) {
    if (!all.has(keyOf(metric))) all.set(keyOf(metric), metric);
  }
  const names = [...all.values()].map((metric) => metric.name);
  const valuesOf = runs.map((run) => new Map(run.metrics.map((metric) => [keyOf(metric), metric.value])));
  return [...all].map(([key, { name, task }]) => ({
    name: names.filter((other) => other === name).length > 1 ? [task, name].join('/') : name,
    direction: metricDirection(name),
    values: valuesOf.map((values) => values.get(key)),
  }));
}

const keyOf = ({ task, artifact, name }: Metric) => [task, artifact, name].join('\n');
