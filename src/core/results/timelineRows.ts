import {
  preparationFailed,
  preparationLog,
  type Run,
  type NamedRun,
  type TaskKind,
  type TaskRun,
  type TaskState,
} from '../domain/run.ts';
import { attemptNote, skipNote, taskStateWord, waitNote } from '../text/state.ts';

/** One task in the timeline. Times are milliseconds since 1970. */
export interface TimelineRow {
  readonly path: string;
  readonly label: string;
  /** Number of groups (loops, iterations, conditions) around it. */
  readonly depth: number;
  readonly kind: TaskKind;
  readonly state: TaskState;
  /** The state in a word: "succeeded", "cached". */
  readonly word: string;
  /** A note beside the state: "attempt 2 of 4", "its condition was false". */
  readonly note: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly cachedFrom?: NamedRun;
  readonly hasLog: boolean;
}

/** The tasks of a run in the order of the walk, after the preparation. */
export function timelineRows(run: Run): readonly TimelineRow[] {
  return [...preparationRow(run), ...run.tasks.map(taskRow)];
}

/** The preparation, from the start of the run to its first task. */
function preparationRow(run: Run): readonly TimelineRow[] {
  const { startedAt, hasPreparationLog, state } = run;
  if (!hasPreparationLog || startedAt === undefined) return [];
  const starts = run.tasks.flatMap((task) => task.startedAt ?? []);
  const endedAt = starts.length > 0 ? Math.min(...starts) : run.endedAt;
  const stateOfIt = preparationState(run, starts.length > 0);
  return [
    {
      path: preparationLog,
      label: 'Preparation',
      depth: 0,
      kind: 'task',
      state: stateOfIt,
      word: taskStateWord({ state: stateOfIt }),
      note: '',
      hasLog: true,
      startedAt,
      ...(endedAt === undefined || state === 'preparing' ? {} : { endedAt }),
    },
  ];
}

function preparationState(run: Run, begun: boolean): TaskState {
  if (run.state === 'preparing') return 'running';
  if (begun || run.state === 'running' || run.state === 'succeeded') return 'succeeded';
  return run.error?.kind === preparationFailed ? 'failed' : 'stopped';
}

/** The row of one task. */
export function taskRow(task: TaskRun): TimelineRow {
  return {
    path: task.path,
    label: task.displayName === task.name ? lastPart(task.path) : task.displayName,
    depth: (task.path.match(/\/|\[/g) ?? []).length,
    kind: task.kind,
    state: task.state,
    word: taskStateWord(task),
    note: noteOf(task),
    hasLog: task.hasLog,
    ...(task.startedAt === undefined ? {} : { startedAt: task.startedAt }),
    ...(task.endedAt === undefined ? {} : { endedAt: task.endedAt }),
    ...(task.cachedFrom === undefined ? {} : { cachedFrom: task.cachedFrom }),
  };
}

/** `for-loop-1[0]/train` is shown as `train` inside `[0]`. */
function lastPart(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /\[\d+\]$/.exec(name)?.[0] ?? name;
}

function noteOf(task: TaskRun): string {
  if (task.cachedFrom !== undefined) return `from ${task.cachedFrom.label}`;
  return skipNote(task) || waitNote(task) || attemptNote(task);
}
