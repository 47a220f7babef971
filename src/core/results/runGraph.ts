import type { TaskNode } from '../domain/pipeline.ts';
import type { Run, TaskKind, TaskRun } from '../domain/run.ts';
import { taskRow, type TimelineRow } from './timelineRows.ts';

/** A task or a group of a run, with its row of the timeline. `edges` are between its children. */
export interface GraphNode {
  readonly row: TimelineRow;
  /** When it runs, as a comparison, for a branch of a condition. */
  readonly condition?: string;
  readonly children: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** An order of two nodes of one level, by their paths. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** The outputs that are passed on; empty where only the order is given. */
  readonly passes: readonly string[];
  /** True when an artifact is among them. */
  readonly artifact: boolean;
}

/** The graph of a run, or of a pipeline that did not run yet. */
export type RunGraph = Pick<GraphNode, 'children' | 'edges'>;

/**
 * The tasks of a pipeline with the states of a run. A loop holds its iterations; before there are any, the tasks of one. Tasks that
 * the pipeline does not have are left out.
 */
export function runGraph(tasks: readonly TaskNode[], run: Pick<Run, 'tasks'>): RunGraph {
  return level(tasks, { path: '', ran: indexed(run.tasks) });
}

interface Indexed {
  readonly byPath: ReadonlyMap<string, TaskRun>;
  /** The iterations of each loop, by the loop's path. */
  readonly iterations: ReadonlyMap<string, readonly TaskRun[]>;
}

function indexed(tasks: readonly TaskRun[]): Indexed {
  const iterations = new Map<string, TaskRun[]>();
  for (const task of tasks) {
    if (task.kind !== 'iteration') continue;
    const loop = task.path.replace(/\[\d+\]$/, '');
    const before = iterations.get(loop);
    if (before === undefined) iterations.set(loop, [task]);
    else before.push(task);
  }
  return { byPath: new Map(tasks.map((task) => [task.path, task])), iterations };
}

/** What holds the nodes of a level: its path, and its own row, where it is a group. */
interface Around {
  readonly path: string;
  readonly row?: TaskRun;
  readonly ran: Indexed;
}

function level(tasks: readonly TaskNode[], around: Around): RunGraph {
  const pathOf = (name: string) => (around.path === '' ? name : `${around.path}/${name}`);
  return {
    children: tasks.map((task) => node(task, pathOf(task.name), around)),
    edges: tasks.flatMap((task) => task.after.map((from) => edge(task, from, pathOf))),
  };
}

function node(task: TaskNode, path: string, { row: group, ran }: Around): GraphNode {
  const row = ran.byPath.get(path) ?? untold(task, path, group);
  const known = {
    row: taskRow(row),
    ...(task.condition === undefined ? {} : { condition: task.condition }),
  };
  if (task.kind !== 'loop') return { ...known, ...level(task.children, { path, row, ran }) };
  const iterations = ran.iterations.get(path) ?? [];
  if (iterations.length === 0) {
    // A loop that ended had nothing to go over.
    const tasksOfOne = row.state === 'succeeded' ? [] : task.children;
    return { ...known, ...level(tasksOfOne, { path, row, ran }) };
  }
  const children = iterations.map((iteration) => ({
    row: taskRow(iteration),
    ...level(task.children, { path: iteration.path, row: iteration, ran }),
  }));
  return { ...known, children, edges: [] };
}

function edge(task: TaskNode, from: string, pathOf: (name: string) => string): GraphEdge {
  const inputs = (task.inputs ?? []).filter((input) => input.from === from);
  return {
    from: pathOf(from),
    to: pathOf(task.name),
    passes: [...new Set(inputs.map(({ output }) => output.replace(/^pipelinechannel--/, '')))],
    artifact: inputs.some(({ kind }) => kind === 'artifact'),
  };
}

/** A task of which nothing is told: it waits, unless its group was left out. */
function untold({ name, displayName, kind }: TaskNode, path: string, group: TaskRun | undefined): TaskRun {
  const leftOut = group?.state === 'skipped' ? group.skipReason : undefined;
  return {
    path,
    name,
    displayName,
    kind: kind satisfies TaskKind,
    state: leftOut === undefined ? 'pending' : 'skipped',
    ...(leftOut === undefined ? {} : { skipReason: leftOut }),
    attempts: 0,
    retries: 0,
    hasLog: false,
    inputs: {},
    outputs: {},
    artifacts: [],
    metrics: [],
  };
}
