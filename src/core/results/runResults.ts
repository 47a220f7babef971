import {
  isActive,
  type Run,
  type NamedRun,
  type RunId,
  type RunState,
  type RunSummary,
  type TaskCounts,
} from '../domain/run.ts';
import type { Json } from '../domain/json.ts';
import { own } from '../domain/own.ts';
import { comparisonOf } from '../runs/comparison.ts';
import { failedTasks } from '../runs/failedTask.ts';
import { redactor } from '../text/redact.ts';
import { shownValue } from '../text/values.ts';
import { type ArtifactRow, artifactRows, type ReportRow, reportRows } from './artifactRows.ts';
import { type MetricRow, metricRows } from './metricRows.ts';
import type { TaskNode } from '../domain/pipeline.ts';
import { runGraph, type RunGraph } from './runGraph.ts';
import { shownGraph } from './shownGraph.ts';
import { type TimelineRow, timelineRows } from './timelineRows.ts';

/** A run as its results panel shows it. Times are milliseconds since 1970. */
export interface RunResults {
  readonly run: RunId;
  /** What people call the run. */
  readonly label: string;
  readonly name: string;
  readonly pipeline: string;
  /** The pipeline's file as people name it. */
  readonly file?: string;
  readonly state: RunState;
  readonly active: boolean;
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly counts: TaskCounts;
  /** What is being prepared, while the state is `preparing`. */
  readonly preparationStatus?: string;
  /** True when every task ran anew. */
  readonly withoutCache: boolean;
  /** The last good run before it, for comparison. */
  readonly previous?: NamedRun;
  readonly failures: readonly FailureRow[];
  readonly parameters: readonly ParameterRow[];
  readonly outputs: readonly ParameterRow[];
  readonly metrics: readonly MetricRow[];
  readonly tasks: readonly TimelineRow[];
  /** The tasks as a graph; absent where the pipeline is not known, and where there are too many of them to draw. */
  readonly graph?: RunGraph;
  readonly reports: readonly ReportRow[];
  readonly artifacts: readonly ArtifactRow[];
  readonly notes: readonly string[];
  /** What was left out, a sentence each. */
  readonly cut: readonly string[];
}

/** A parameter or a returned value. `before` is set when the last good run had another one ("—" for none). */
export interface ParameterRow {
  readonly name: string;
  readonly value: string;
  readonly before?: string;
}

/** Why a run or a task failed. `line` counts from 1 in `file`, else in the component's source. */
export interface FailureRow {
  readonly task?: string;
  readonly type: string;
  readonly message: string;
  readonly hint?: string;
  readonly function?: string;
  readonly file?: string;
  readonly line?: number;
  readonly text?: string;
}

const most = { tasks: 500, parameters: 200, metrics: 300, artifacts: 300, failures: 5, reports: 20 };
const longestValue = 2000;

/** The results of a run, compared with the last good one. `graph` are the tasks of its pipeline. */
export function runResults(
  run: Run,
  previous: RunSummary | undefined,
  graph: readonly TaskNode[] = [],
): RunResults {
  const tasks = timelineRows(run);
  const artifacts = artifactRows(run);
  const metrics = metricRows(run, previous);
  const reports = reportRows(run);
  const failures = failuresOf(run);
  const parameters = parameterRows(run, previous);
  const outputs = Object.keys(run.outputs);
  const drawn = graph.length === 0 ? undefined : shownGraph(runGraph(graph, run));
  const lists = {
    tasks: tasks.slice(0, most.tasks),
    artifacts: artifacts.slice(0, most.artifacts),
    metrics: metrics.slice(0, most.metrics),
    reports: reports.slice(0, most.reports),
    failures: failures.slice(0, most.failures),
  };
  return {
    run: run.id,
    label: run.label,
    name: run.name,
    pipeline: run.pipeline.name,
    state: run.state,
    active: isActive(run.state),
    createdAt: run.createdAt,
    counts: run.counts,
    withoutCache: !run.cache,
    ...optional(run, previous),
    parameters: parameters.slice(0, most.parameters),
    outputs: outputs
      .slice(0, most.parameters)
      .map((name) => ({ name, value: shownValue(name, own(run.outputs, name), longestValue) })),
    ...lists,
    ...(drawn?.graph === undefined ? {} : { graph: drawn.graph }),
    notes: run.notes.map((note) =>
      note.task === undefined ? note.message : `${note.task}: ${note.message}`,
    ),
    cut: [
      ...(drawn?.cut ?? []),
      cutLine('tasks', tasks.length, lists.tasks.length),
      cutLine('parameters', parameters.length, most.parameters),
      cutLine('returned values', outputs.length, most.parameters),
      cutLine('metrics', metrics.length, lists.metrics.length),
      cutLine('artifacts', artifacts.length, lists.artifacts.length),
      cutLine('reports', reports.length, lists.reports.length),
      cutLine('failed tasks', failures.length, lists.failures.length),
    ].filter((line) => line !== ''),
  };
}

function optional(run: Run, previous: RunSummary | undefined) {
  const file = run.pipeline.source?.label;
  return {
    ...(file === undefined ? {} : { file }),
    ...(run.startedAt === undefined ? {} : { startedAt: run.startedAt }),
    ...(run.endedAt === undefined ? {} : { endedAt: run.endedAt }),
    ...(run.preparationStatus === undefined ? {} : { preparationStatus: run.preparationStatus }),
    ...(previous === undefined ? {} : { previous: { id: previous.id, label: previous.label } }),
  };
}

/** Parameters in the run's order, those that differ from the last good run first. */
function parameterRows(run: Run, previous: RunSummary | undefined): readonly ParameterRow[] {
  const hide = redactor(run);
  const shown = (name: string, value: Json | undefined) => hide(shownValue(name, value, longestValue));
  const compared = previous === undefined ? [] : comparisonOf([previous, run]).parameters;
  const differing = compared.filter(({ differs }) => differs);
  const changed = differing.map(({ name, values: [before, after] }) => ({
    name,
    value: shown(name, after),
    before: shown(name, before),
  }));
  const names = new Set(changed.map((row) => row.name));
  const same = Object.keys(run.parameters)
    .filter((name) => !names.has(name))
    .map((name) => ({ name, value: shown(name, own(run.parameters, name)) }));
  return [...changed, ...same];
}

function failuresOf(run: Run): readonly FailureRow[] {
  const hide = redactor(run);
  const ofTasks = failedTasks(run).map(({ path, error }): FailureRow => {
    const { type, message, text, hint, place } = error;
    const { line } = place ?? error;
    return {
      task: path,
      type,
      message: hide(message),
      ...(hint === undefined ? {} : { hint }),
      ...(error.function === undefined ? {} : { function: error.function }),
      ...(place === undefined ? {} : { file: place.label }),
      ...(line === undefined ? {} : { line }),
      ...(text === undefined ? {} : { text: hide(text) }),
    };
  });
  if (ofTasks.length > 0 || run.error === undefined) return ofTasks;
  const { type, message, hint, task } = run.error;
  return [
    {
      type,
      message: hide(message),
      ...(hint === undefined ? {} : { hint }),
      ...(task === undefined ? {} : { task }),
    },
  ];
}

function cutLine(what: string, all: number, shown: number): string {
  return shown < all ? `${shown} of ${all} ${what} are shown.` : '';
}
