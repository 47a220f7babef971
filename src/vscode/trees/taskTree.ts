import type { TaskRun } from '../../core/domain/run.ts';

/** A task with the tasks in it: of a loop's iteration, of a condition, of a nested pipeline. */
export interface TaskBranch {
  readonly task: TaskRun;
  readonly children: readonly TaskBranch[];
}

/** Nests tasks by their paths (`for-loop-1[0]/train` is inside `for-loop-1[0]`, that inside `for-loop-1`), in their order. */
export function nestTasks(tasks: readonly TaskRun[]): readonly TaskBranch[] {
  const paths = new Set(tasks.map((task) => task.path));
  const inside = new Map<string | undefined, TaskRun[]>();
  for (const task of tasks) {
    const parent = parentPath(task.path, paths);
    inside.set(parent, [...(inside.get(parent) ?? []), task]);
  }
  const below = (parent: string | undefined): TaskBranch[] =>
    (inside.get(parent) ?? []).map((task) => ({ task, children: below(task.path) }));
  return below(undefined);
}

/** The nearest group that this path is in; a group without a row is skipped. */
function parentPath(path: string, known: ReadonlySet<string>): string | undefined {
  let parent = outer(path);
  while (parent !== undefined && !known.has(parent)) parent = outer(parent);
  return parent;
}

function outer(path: string): string | undefined {
  const iteration = /^(.+)\[\d+\]$/.exec(path);
  if (iteration !== null) return iteration[1];
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? undefined : path.slice(0, slash);
}
