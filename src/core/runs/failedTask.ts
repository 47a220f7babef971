import type { Run, TaskError, TaskRun } from '../domain/run.ts';

/**
 * The tasks that failed by themselves, in the order of the walk. A loop, condition or group that failed because of a task in
 * it repeats that task's error and is left out.
 */
export function failedTasks({ tasks }: Pick<Run, 'tasks'>): readonly FailedTask[] {
  return tasks.filter(failedItself);
}

/** A failed task with its error. */
export interface FailedTask extends TaskRun {
  readonly error: TaskError;
}

function failedItself(task: TaskRun): task is FailedTask {
  const { kind, state, error } = task;
  if (state !== 'failed' || error === undefined) return false;
  return error.kind !== 'upstream' || kind === 'task' || kind === 'importer';
}

/** The task of this path, else the one that failed the run, else any that failed; undefined when none did on a line. */
export function failedTask({ tasks, error }: Run, path?: string): FailedTask | undefined {
  const failed = tasks.filter(failedOnLine);
  if (path !== undefined) return failed.find((task) => task.path === path);
  return failed.find((task) => task.path === error?.task) ?? failed[0];
}

function failedOnLine(task: TaskRun): task is FailedTask {
  const { kind, state, error } = task;
  return kind === 'task' && state === 'failed' && error?.line !== undefined;
}
