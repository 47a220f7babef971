import type { Metric } from '../domain/artifact.ts';
import { type Json, sameJson } from '../domain/json.ts';
import type { RunId, RunState, RunSummary } from '../domain/run.ts';
import { own } from '../domain/own.ts';
import { runDuration } from '../runs/compareRuns.ts';
import { type Direction, metricDirection } from '../runs/metricDirection.ts';
import { figure, shownValue } from '../text/values.ts';
import { comparabilityWarnings } from './comparability.ts';
import type { DatasetPrints } from './datasets.ts';
import { notCompared } from './notCompared.ts';

/** Runs side by side; the first is what the others are held against. Every row has a value for each run, in order. */
export interface Comparison {
  readonly runs: readonly ComparedRun[];
  /** Why the figures may not be comparable, a sentence each. */
  readonly warnings: readonly string[];
  /** What of the datasets was not compared and could differ unseen, a sentence each. */
  readonly notCompared: readonly string[];
  /** Those that differ first. */
  readonly parameters: readonly ComparedParameter[];
  readonly metrics: readonly ComparedMetric[];
  /** What was left out, a sentence each. */
  readonly cut: readonly string[];
}

export interface ComparedRun {
  readonly run: RunId;
  readonly pipeline: string;
  readonly state: RunState;
  readonly createdAt: number;
  /** Milliseconds from start to end, where it has ended. */
  readonly durationMs?: number;
}

export interface ComparedParameter {
  readonly name: string;
  readonly differs: boolean;
  /** "—" where a run does not have it. */
  readonly values: readonly string[];
}

/** A metric in every run. */
export interface ComparedMetric {
  /** The metric's name, with its task in front where two tasks have one of that name. */
  readonly name: string;
  readonly direction: Direction;
  readonly cells: readonly MetricCell[];
}

/** A metric in one run; `exact` is what the run's files say. `best` is only said where the direction is known. */
export interface MetricCell {
  readonly value: string;
  readonly exact: string;
  readonly best: boolean;
  readonly verdict?: 'better' | 'worse' | 'same';
}

/** Most runs that are held side by side. */
export const mostCompared = 100;
const most = { parameters: 100, metrics: 100 };
const longestValue = 200;

/**
 * Holds runs (at least two, at most `mostCompared`) against the first.
 * `datasets` are the contents of their datasets, as far as they were read.
 */
export function compareAll(runs: readonly RunSummary[], datasets: DatasetPrints): Comparison {
  const parameters = comparedParameters(runs);
  const metrics = comparedMetrics(runs);
  return {
    runs: runs.map(comparedRun),
    warnings: comparabilityWarnings(runs, datasets),
    notCompared: notCompared(runs, datasets),
    parameters: parameters.slice(0, most.parameters),
    metrics: metrics.slice(0, most.metrics),
    cut: [
      parameters.length > most.parameters
        ? `${most.parameters} of ${parameters.length} parameters are shown.`
        : '',
      metrics.length > most.metrics ? `${most.metrics} of ${metrics.length} metrics are shown.` : '',
    ].filter((line) => line !== ''),
  };
}

function comparedRun(run: RunSummary): ComparedRun {
  const durationMs = runDuration(run);
  return {
    run: run.id,
    pipeline: run.pipeline.name,
    state: run.state,
    createdAt: run.createdAt,
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}

function comparedParameters(runs: readonly RunSummary[]): readonly ComparedParameter[] {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run.parameters)))];
  const rows = names.map((name) => {
    const values: readonly (Json | undefined)[] = runs.map((run) => own(run.parameters, name));
    return {
      name,
      differs: values.some((value) => !sameJson(value, values[0])),
      values: values.map((value) => shownValue(name, value, longestValue)),
    };
  });
  return [...rows.filter((row) => row.differs), ...rows.filter((row) => !row.differs)];
}

function comparedMetrics(runs: readonly RunSummary[]): readonly ComparedMetric[] {
  const seen = new Map<string, Metric>();
  for (const metric of runs.flatMap((run) => run.metrics)) {
    if (!seen.has(keyOf(metric))) seen.set(keyOf(metric), metric);
  }
  const names = [...seen.values()].map((metric) => metric.name);
  const indexed = runs.map((run) => new Map(run.metrics.map((metric) => [keyOf(metric), metric.value])));
  return [...seen].map(([key, metric]) => {
    const several = names.filter((name) => name === metric.name).length > 1;
    const direction = metricDirection(metric.name);
    return {
      name: several ? `${metric.task}/${metric.name}` : metric.name,
      direction,
      cells: cells(
        indexed.map((values) => values.get(key)),
        direction,
      ),
    };
  });
}

function cells(
  values: readonly (Metric['value'] | undefined)[],
  direction: Direction,
): readonly MetricCell[] {
  const numbers = values.filter((value) => typeof value === 'number');
  const differ = new Set(numbers).size > 1;
  const best = direction === 'higher' ? Math.max(...numbers) : Math.min(...numbers);
  return values.map((value, index) => {
    const verdict = index === 0 ? undefined : verdictOf(values[0], value, direction);
    return {
      value: value === undefined ? '—' : figure(value),
      exact: value === undefined ? '' : String(value),
      best: differ && direction !== 'unknown' && value === best,
      ...(verdict === undefined ? {} : { verdict }),
    };
  });
}

function verdictOf(
  before: Metric['value'] | undefined,
  after: Metric['value'] | undefined,
  direction: Direction,
): MetricCell['verdict'] {
  if (typeof before !== 'number' || typeof after !== 'number') return undefined;
  if (before === after) return 'same';
  if (direction === 'unknown') return undefined;
  return after > before === (direction === 'higher') ? 'better' : 'worse';
}

const keyOf = (metric: Metric) => `${metric.task}\n${metric.artifact}\n${metric.name}`;
