import { runDuration, type RunId, type RunState, type RunSummary } from '../domain/run.ts';
import { comparisonOf, type MetricInRuns, type ParameterInRuns } from '../runs/comparison.ts';
import { metricChange } from '../runs/metricChange.ts';
import type { Direction } from '../runs/metricDirection.ts';
import { figure, shownValue } from '../text/values.ts';
import { comparabilityWarnings } from './comparability.ts';
import type { DatasetFingerprints } from './datasets.ts';
import { notCompared } from './notCompared.ts';

/** Runs side by side, compared with the first. Every row has a value for each run, in order. */
export interface Comparison {
  readonly runs: readonly ComparedRun[];
  /** Why the figures may not be comparable, a sentence each. */
  readonly warnings: readonly string[];
  /** Which datasets were not compared completely, a sentence each. */
  readonly notCompared: readonly string[];
  /** Those that differ first. */
  readonly parameters: readonly ComparedParameter[];
  readonly metrics: readonly ComparedMetric[];
  /** What was left out, a sentence each. */
  readonly cut: readonly string[];
}

export interface ComparedRun {
  readonly run: RunId;
  /** What people call the run. */
  readonly label: string;
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

/** A metric in one run; `exact` is the value in the run's files. `best` is set only where the direction is known. */
export interface MetricCell {
  readonly value: string;
  readonly exact: string;
  readonly best: boolean;
  readonly verdict?: 'better' | 'worse' | 'same';
}

/** Most runs that are compared side by side. */
export const mostCompared = 100;
const most = { parameters: 100, metrics: 100 };
const longestValue = 200;

/**
 * Compares runs (at least two, at most `mostCompared`) with the first.
 * `datasets` are the fingerprints of their datasets, as far as they were read.
 */
export function shownComparison(runs: readonly RunSummary[], datasets: DatasetFingerprints): Comparison {
  const comparison = comparisonOf(runs);
  const parameters = shownParameters(comparison.parameters);
  const metrics = comparison.metrics.map(shownMetric);
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
    label: run.label,
    pipeline: run.pipeline.name,
    state: run.state,
    createdAt: run.createdAt,
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}

function shownParameters(parameters: readonly ParameterInRuns[]): readonly ComparedParameter[] {
  const rows = parameters.map(({ name, differs, values }) => ({
    name,
    differs,
    values: values.map((value) => shownValue(name, value, longestValue)),
  }));
  return [...rows.filter((row) => row.differs), ...rows.filter((row) => !row.differs)];
}

function shownMetric({ name, direction, values }: MetricInRuns): ComparedMetric {
  const numbers = values.filter((value) => typeof value === 'number');
  const differ = new Set(numbers).size > 1;
  const best = direction === 'higher' ? Math.max(...numbers) : Math.min(...numbers);
  const cells = values.map((value, index): MetricCell => {
    const verdict = index === 0 ? undefined : metricChange(values[0], value, direction)?.verdict;
    return {
      value: value === undefined ? '—' : figure(value),
      exact: value === undefined ? '' : String(value),
      best: differ && direction !== 'unknown' && value === best,
      ...(verdict === undefined || verdict === 'unknown' ? {} : { verdict }),
    };
  });
  return { name, direction, cells };
}
