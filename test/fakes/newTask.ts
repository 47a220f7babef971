import type { Run, TaskRun } from '../../src/core/domain/run.ts';

/** A task that has not begun. */
export function newTask(path: string): TaskRun {
  const name = path.split('/').at(-1) ?? path;
  const empty = { inputs: {}, outputs: {}, artifacts: [], metrics: [] };
  return {
    path,
    name,
    displayName: name,
    kind: 'task',
    state: 'pending',
    attempts: 0,
    retries: 0,
    hasLog: false,
    ...empty,
  };
}

/** How many tasks there are, by state; those given before where no task is known. */
export function countsOf(tasks: readonly TaskRun[], before?: Run['counts']): Run['counts'] {
  if (tasks.length === 0 && before) return before;
  const leaves = tasks.filter((task) => task.kind === 'task' || task.kind === 'importer');
  const count = (state: TaskRun['state']) => leaves.filter((task) => task.state === state).length;
  return {
    total: leaves.length,
    running: count('running'),
    succeeded: count('succeeded'),
    failed: count('failed'),
    cached: leaves.filter((task) => task.cachedFrom !== undefined).length,
  };
}
