import type { ConnectionId } from '../../core/domain/connection.ts';
import type { Json } from '../../core/domain/json.ts';
import type { PipelineId, PipelineSource, Remark } from '../../core/domain/pipeline.ts';
import type { Run, RunId, RunState, RunSummary, TaskCounts, TaskRun } from '../../core/domain/run.ts';
import { pipelineParameters, withDefaults } from '../../core/pipelineSpec/parameters.ts';
import { taskGraph } from '../../core/pipelineSpec/taskGraph.ts';
import { leafTasks } from '../../core/pipelineSpec/walkTasks.ts';
import type { Results } from './results.ts';
import { readRecord } from './runRecord.ts';
import type { ApiRun } from './schema.ts';
import { type StoredSpec, usesCache } from './specs.ts';
import { countsOf, mostTasks, type ToldTask, toldTasks } from './tasks.ts';
import { timeOf } from './times.ts';
import type { Workflow } from './workflow.ts';

/** A run with what is known of its pipeline. */
export interface KnownRun {
  readonly run: ApiRun;
  /** Undefined when the version that it was made from is gone. */
  readonly stored: StoredSpec | undefined;
  readonly pipeline: { readonly id: PipelineId; readonly name: string; readonly source: PipelineSource };
  /** True for a run that the server tells as failed, and that somebody ended. */
  readonly stopped: boolean;
}

const states: { readonly [state: string]: RunState } = {
  PENDING: 'pending',
  RUNNING: 'running',
  PAUSED: 'running',
  SUCCEEDED: 'succeeded',
  SKIPPED: 'skipped',
  FAILED: 'failed',
  CANCELING: 'stopping',
  CANCELED: 'stopped',
};

/** The state of a run. One without a state is not reported yet; one that somebody ended is told as failed. */
export function stateOf({ state = 'PENDING', state_history: history }: ApiRun): RunState {
  const last = history.filter((change) => change.state !== undefined && change.state !== state).at(-1);
  if (state === 'FAILED' && last?.state === 'CANCELING') return 'stopped';
  return states[state] ?? 'pending';
}

/** The state of a run, by its workflow as well. */
export function knownState({ run, stopped }: Pick<KnownRun, 'run' | 'stopped'>): RunState {
  return stopped ? 'stopped' : stateOf(run);
}

/** The states of the server among which runs in one of ours are. */
export function serverStates(wanted: readonly RunState[]): readonly string[] {
  const also = wanted.includes('stopped') ? ['FAILED'] : [];
  const named = Object.entries(states).flatMap(([name, state]) => (wanted.includes(state) ? [name] : []));
  return [...new Set([...named, ...also])];
}

/** What people call a run: its name, with the beginning of its id where the name does not hold it. */
export function labelOf({ run_id: id, display_name: name }: ApiRun): string {
  const short = id.slice(0, 5);
  return name.includes(short) ? name : `${name}-${short}`;
}

/** The pipeline that a run keeps by itself: in its description, or as its own specification. */
export function ownPipeline(run: ApiRun, stored: StoredSpec | undefined): KnownRun['pipeline'] | undefined {
  const record = readRecord(run.description);
  if (record !== undefined) return { id: record.id, name: record.name, source: record.source };
  if (run.pipeline_version_reference !== undefined) return undefined;
  const name =
    stored?.kind === 'spec'
      ? stored.specification.spec.pipelineInfo.name
      : (stored?.problem.name ?? run.display_name);
  return { id: name as PipelineId, name, source: { kind: 'server' } };
}

/** A run as a list shows it. */
export function toSummary(known: KnownRun, connection: ConnectionId): RunSummary {
  const { run, pipeline } = known;
  const state = knownState(known);
  const startedAt = run.state_history.find((change) => change.state === 'RUNNING')?.update_time;
  const message = run.error?.message;
  return {
    connection,
    id: run.run_id as RunId,
    label: labelOf(run),
    name: run.display_name,
    pipeline,
    state,
    createdAt: run.created_at ?? 0,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(run.finished_at === undefined || state === 'running' ? {} : { endedAt: run.finished_at }),
    parameters: parametersOf(known),
    metrics: [],
    counts: countsIn(known),
    ...(message === undefined ? {} : { error: { kind: 'kubeflow', type: '', message } }),
    ...(run.storage_state === 'ARCHIVED' ? { archived: true } : {}),
  };
}

/** The values of a run's parameters, with the defaults of the others. */
export function parametersOf({ run, stored }: KnownRun): { readonly [name: string]: Json } {
  const given = run.runtime_config?.parameters ?? {};
  if (stored?.kind !== 'spec') return given;
  return withDefaults(pipelineParameters(stored.specification.spec), given);
}

/** The counts as far as a list tells: nodes by their names, of which several tasks may share one. */
function countsIn(known: KnownRun): TaskCounts {
  const { run, stored } = known;
  const names = stored?.kind === 'spec' ? leafTasks(stored.specification.spec, {}) : [];
  const leaves = new Set(names.map(({ path }) => path.split('/').at(-1)));
  const details = run.run_details?.task_details ?? [];
  const told = details.filter((detail) => leaves.has(detail.display_name));
  const count = (state: string) => told.filter((detail) => detail.state === state).length;
  // What a person ended is told as failed.
  const failed = ['stopped', 'stopping'].includes(knownState(known)) ? 0 : count('FAILED');
  const cached = details.filter(
    (detail) => detail.display_name === 'executor' && detail.state === 'SKIPPED',
  ).length;
  const total = Math.max(names.length, told.length);
  return { total, running: count('RUNNING'), succeeded: count('SUCCEEDED'), failed, cached };
}

/** A run in full. */
export function toRun(
  known: KnownRun,
  workflow: Workflow | undefined,
  { told, outputs, untold, takenFrom = new Map() }: Results,
  { connection, experiment }: { readonly connection: ConnectionId; readonly experiment: string | undefined },
): Run {
  const { stored } = known;
  const summary = toSummary(known, connection);
  const failed = firstFailed(told);
  const error =
    summary.state === 'failed' && failed?.error !== undefined
      ? { ...failed.error, task: failed.path }
      : summary.error;
  return {
    ...summary,
    ...(told.length === 0 ? {} : { counts: countsOf(told) }),
    ...(error === undefined ? {} : { error }),
    tasks: told.map(({ run }) => run),
    metrics: told.flatMap(({ run }) => run.metrics),
    outputs,
    notes: [...cutNotes(told), ...takenNotes(takenFrom), ...untoldNotes(untold), ...notesOf(known, workflow)],
    ...(experiment === undefined ? {} : { experiment }),
    cache: stored?.kind === 'spec' ? usesCache(stored.specification.json) : true,
    hasPreparationLog: false,
  };
}

/** The task whose program failed first; of those at the same second the first of the pipeline. */
function firstFailed(told: readonly ToldTask[]): TaskRun | undefined {
  const end = ({ run, attempts }: ToldTask) => timeOf(attempts.at(-1)?.finishedAt) ?? run.endedAt ?? Infinity;
  const failed = told.filter(({ run }) => run.error !== undefined);
  return failed.toSorted((a, b) => end(a) - end(b))[0]?.run;
}

/** The tasks of a run with their nodes. */
export function tasksOf(known: KnownRun, workflow: Workflow | undefined): readonly ToldTask[] {
  const { stored } = known;
  if (stored?.kind !== 'spec') return [];
  const stopped = ['stopped', 'stopping'].includes(knownState(known));
  return toldTasks(taskGraph(stored.specification.spec), workflow, stopped);
}

function notesOf({ run, stored }: KnownRun, workflow: Workflow | undefined): readonly Remark[] {
  const notes: Remark[] = [];
  if (stored === undefined)
    notes.push({ what: 'version_gone', message: 'The version of the pipeline that it ran was deleted.' });
  if (stored?.kind === 'problem') notes.push({ what: stored.problem.what, message: stored.problem.message });
  if (workflow === undefined && run.run_details !== undefined)
    notes.push({
      what: 'no_workflow',
      message: 'The server does not give its workflow, so the tasks are not told apart.',
    });
  return notes;
}

function cutNotes({ length }: readonly ToldTask[]): readonly Remark[] {
  if (length < mostTasks) return [];
  return [{ what: 'many_tasks', message: `Only its first ${length} tasks and iterations are told.` }];
}

const mostNamed = 5;

/** Says which runs wrote what the cache gave. */
function takenNotes(takenFrom: ReadonlyMap<string, string>): readonly Remark[] {
  const runs = [...new Set(takenFrom.values())];
  return runs.map((run) => {
    const paths = [...takenFrom].flatMap(([path, from]) => (from === run ? [path] : []));
    const names = paths.slice(0, mostNamed).join(', ');
    const more = paths.length > mostNamed ? ` and ${paths.length - mostNamed} more` : '';
    return {
      what: 'results_of_cache',
      message: `What ${names}${more} took from the cache is told by the run ${run}, the last that ran it with the same inputs.`,
    };
  });
}

/** Says of which tasks it is not known what they wrote, and why. */
function untoldNotes(untold: readonly ToldTask[]): readonly Remark[] {
  const note = (some: readonly ToldTask[], why: string): readonly Remark[] => {
    if (some.length === 0) return [];
    const names = some.slice(0, mostNamed).map(({ run }) => run.path);
    const more = some.length > mostNamed ? ` and ${some.length - mostNamed} more` : '';
    return [
      { what: 'results_not_told', message: `Not all that ${names.join(', ')}${more} wrote is known: ${why}` },
    ];
  };
  return [
    ...note(
      untold.filter(({ cached }) => cached),
      'the Pipelines API does not tell what a task of the cache wrote, and none of the earlier runs that were looked at ran it with the same inputs.',
    ),
    ...note(
      untold.filter(({ cached }) => !cached),
      'the Pipelines API does not tell it, and neither does the log.',
    ),
  ];
}
