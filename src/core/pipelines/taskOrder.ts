import type { TaskNode } from '../domain/pipeline.ts';

/** Tasks of one level in an order in which they can run: each after those that it waits for, else as they were given. */
export function inRunningOrder(tasks: readonly TaskNode[]): readonly TaskNode[] {
  const known = new Set(tasks.map(({ name }) => name));
  const done = new Set<string>();
  const ordered: TaskNode[] = [];
  let left = tasks;
  while (left.length > 0) {
    const isReady = ({ after }: TaskNode) => after.every((name) => done.has(name) || !known.has(name));
    const ready = left.filter(isReady);
    // A circle has no order; reading the pipeline has said so.
    const next = ready.length > 0 ? ready : left;
    for (const task of next) done.add(task.name);
    ordered.push(...next);
    left = left.filter((task) => !next.includes(task));
  }
  return ordered;
}
