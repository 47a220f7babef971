import type { Run, TaskError, TaskRun } from '../domain/run.ts';

/** A task that failed on a line of Python. */
export interface FailedTask extends TaskRun {
  readonly error: TaskError;
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
