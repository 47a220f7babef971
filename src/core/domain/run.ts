import type { Artifact, Metric } from './artifact.ts';
import type { Brand } from './brand.ts';
import type { ConnectionId } from './connection.ts';
import type { Json } from './json.ts';
import type { PipelineId, PipelineSource, Remark } from './pipeline.ts';

export type RunId = Brand<'RunId'>;

export type RunState =
  | 'pending'
  | 'preparing'
  | 'running'
  | 'stopping'
  | 'succeeded'
  | 'failed'
  | 'stopped'
  | 'interrupted'
  | 'skipped';

export type TaskState = 'pending' | 'running' | 'succeeded' | 'failed' | 'skipped' | 'stopped';

/** The states in which a run may still change by itself. */
export const activeStates: readonly RunState[] = ['pending', 'preparing', 'running', 'stopping'];

/** True while the run may still change by itself. */
export function isActive(state: RunState): boolean {
  return activeStates.includes(state);
}

/**
 * Why a task failed. `line` counts from 1 in the component's source; `offset` from the component's `def`. `function` is
 * the innermost function around the line.
 */
export interface TaskError {
  readonly kind: string;
  readonly type: string;
  readonly message: string;
  readonly line?: number;
  /** The text of the failing line. */
  readonly text?: string;
  readonly function?: string;
  readonly offset?: number;
  /** The same line in the person's own file, if it was found there; `label` is the file as people name it. */
  readonly place?: { readonly file: string; readonly label: string; readonly line: number };
  /** What the person can do about it. */
  readonly hint?: string;
}

/** Why a run failed as a whole. */
export interface RunError {
  readonly kind: string;
  readonly type: string;
  readonly message: string;
  readonly hint?: string;
  /** Path of the first task that failed. */
  readonly task?: string;
}

/** Number of tasks and their states; loops and groups are not counted. */
export interface TaskCounts {
  readonly total: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly cached: number;
}

/** A run of one connection. The same id may be another run elsewhere. */
export interface RunRef {
  readonly connection: ConnectionId;
  readonly id: RunId;
}

/** A text that identifies a run among all connections. */
export function runKey({ connection, id }: RunRef): string {
  return `${connection}/${id}`;
}

/** A run as another run or a text names it; people read the label. */
export interface NamedRun {
  readonly id: RunId;
  readonly label: string;
}

/** A run as a list shows it. Times are milliseconds since 1970. */
export interface RunSummary extends RunRef, NamedRun {
  /** The short number people say, where the backend gives one. */
  readonly number?: number;
  readonly name: string;
  readonly pipeline: { readonly id: PipelineId; readonly name: string; readonly source?: PipelineSource };
  readonly state: RunState;
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly parameters: { readonly [name: string]: Json };
  readonly metrics: readonly Metric[];
  readonly counts: TaskCounts;
  /** What is being prepared, in the backend's own words, while the state is `preparing`. */
  readonly preparationStatus?: string;
  readonly error?: RunError;
  /** Set where lists leave it out. */
  readonly archived?: true;
}

export type TaskKind = 'task' | 'importer' | 'dag' | 'loop' | 'iteration' | 'condition' | 'exit';

/** True for what works by itself, and is no group of others. */
export function isWork(kind: TaskKind): boolean {
  return kind === 'task' || kind === 'importer';
}

/** One task of a run. `path` identifies it in the run: `for-loop-1[0]/train`. */
export interface TaskRun {
  readonly path: string;
  readonly name: string;
  readonly displayName: string;
  readonly kind: TaskKind;
  readonly state: TaskState;
  /** Why it was skipped: its condition was false, or a task before it did not succeed. */
  readonly skipReason?: 'condition' | 'upstream';
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** Attempts begun so far; 0 before the first and for a cached task. */
  readonly attempts: number;
  /** How many attempts may follow the first. */
  readonly retries: number;
  readonly cachedFrom?: NamedRun;
  readonly hasLog: boolean;
  readonly inputs: { readonly [name: string]: Json };
  readonly outputs: { readonly [name: string]: Json };
  readonly artifacts: readonly Artifact[];
  readonly metrics: readonly Metric[];
  readonly error?: TaskError;
  /** What keeps it from beginning, in the words of the cluster: "Unschedulable: 0/3 nodes are available". */
  readonly waitsFor?: string;
}

/** Stands for a task's path to name the log of the preparation before the first task. */
export const preparationLog = 'preparation';

/** The kind of a run's error when its preparation failed, so that no task was started. */
export const preparationFailed = 'preparation';

/** A run in full, tasks in the order of the walk. */
export interface Run extends RunSummary {
  readonly tasks: readonly TaskRun[];
  readonly outputs: { readonly [name: string]: Json };
  readonly notes: readonly Remark[];
  /** The name of the experiment that it belongs to. */
  readonly experiment?: string;
  readonly cache: boolean;
  /** True when the log named `preparationLog` can be read. */
  readonly hasPreparationLog: boolean;
}

/** Milliseconds from its start to its end; undefined before it ended. */
export function runDuration(run: Pick<Run, 'startedAt' | 'endedAt' | 'createdAt'>): number | undefined {
  return run.endedAt === undefined ? undefined : run.endedAt - (run.startedAt ?? run.createdAt);
}
