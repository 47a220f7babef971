import { own } from '../../core/domain/own.ts';
import type { TaskNode } from '../../core/domain/pipeline.ts';
import type { TaskCounts, TaskError, TaskKind, TaskRun, TaskState } from '../../core/domain/run.ts';
import type { PodEvidence } from '../../core/ports/runEvidence.ts';
import type { WorkflowNode } from './schema.ts';
import { timeOf } from './times.ts';
import { waitOf } from './waits.ts';
import type { Workflow } from './workflow.ts';

/** A task with what is told of it: whether it came from the cache, and the nodes that have its log. */
export interface ToldTask {
  readonly run: TaskRun;
  readonly cached: boolean;
  /** What its driver adds to the pod; empty for a task of the cache. */
  readonly patch?: string;
  /** The nodes of its attempts, in their order. */
  readonly attempts: readonly WorkflowNode[];
}

/** Most rows that are told of a run: tasks, groups, loops and their iterations. */
export const mostTasks = 20_000;

const iterationsMark = '.iteration-iterations(';

/** The tasks of a run in the order of the pipeline, with what its workflow tells of them. */
export function toldTasks(
  graph: readonly TaskNode[],
  workflow: Workflow | undefined,
  stopped: boolean,
): readonly ToldTask[] {
  const told: ToldTask[] = [];
  const prefix = `${workflow?.name ?? ''}.root`;
  new Teller(workflow, stopped, told).walk(graph, prefix, '');
  return told;
}

class Teller {
  readonly #nodes: ReadonlyMap<string, WorkflowNode>;
  readonly #pods: readonly PodEvidence[];
  readonly #stopped: boolean;
  readonly #told: ToldTask[];
  readonly #iterations: ReadonlyMap<string, readonly WorkflowNode[]>;
  /** Why the group that is walked was left out; what is in it has no nodes. */
  #leftOut: TaskRun['skipReason'];

  constructor(workflow: Workflow | undefined, stopped: boolean, told: ToldTask[]) {
    this.#nodes = workflow?.nodes ?? new Map();
    this.#pods = workflow?.pods ?? [];
    this.#iterations = iterationsByLoop(this.#nodes.values());
    this.#stopped = stopped;
    this.#told = told;
  }

  /** `prefix` is the name of the node that holds these tasks, `parent` the path of the task. */
  walk(tasks: readonly TaskNode[], prefix: string, parent: string): void {
    for (const task of tasks) {
      if (this.#told.length >= mostTasks) return;
      const path = parent === '' ? task.name : `${parent}/${task.name}`;
      const name = this.#nameOf(task, prefix);
      if (task.kind === 'task' || task.kind === 'importer') this.#leaf(task, name, path);
      else this.#group(task, name, path);
    }
  }

  /** The node's name of a task; what runs when a group ends is below the group's own exit. */
  #nameOf({ name, after }: TaskNode, prefix: string): string {
    const usual = `${prefix}.${name}`;
    if (this.#nodes.has(usual) || this.#nodes.has(`${usual}-driver`)) return usual;
    const exit = after
      .map((other) => `${prefix}.${other}.onExit.${name}`)
      .find((one) => this.#nodes.has(one) || this.#nodes.has(`${one}-driver`));
    return exit ?? usual;
  }

  #group(task: TaskNode, name: string, path: string): void {
    const { node, failure } = this.#nodeOf(name);
    const { skipReason } = this.#add(task, path, task.kind, { node, failure });
    if (task.kind !== 'loop') {
      const around = this.#leftOut;
      this.#leftOut = around ?? skipReason;
      this.walk(task.children, name, path);
      this.#leftOut = around;
      return;
    }
    for (const [index, iteration] of this.#iterationsOf(name)) {
      const inner = `${path}[${index}]`;
      const row = { ...task, name: `${task.name}[${index}]`, displayName: `${task.displayName}[${index}]` };
      this.#add(row, inner, 'iteration', { node: iteration });
      this.walk(task.children, `${iteration.name}.iteration-item`, inner);
    }
  }

  #iterationsOf(name: string): readonly (readonly [number, WorkflowNode])[] {
    const start = name.length + iterationsMark.length;
    return (this.#iterations.get(name) ?? [])
      .map((node) => [Number.parseInt(node.name.slice(start), 10), node] as const)
      .toSorted(([a], [b]) => a - b);
  }

  #leaf(task: TaskNode, name: string, path: string): void {
    const { node, failure } = this.#nodeOf(name);
    const executor = task.kind === 'importer' ? node : this.#nodes.get(`${name}.executor`);
    const cached = executor?.phase === 'Skipped' && node?.phase === 'Succeeded';
    const attempts = cached ? [] : this.#attemptsOf(name, executor);
    const patch = valueOf(this.#nodes.get(`${name}-driver`)?.outputs) ?? valueOf(executor?.inputs);
    const waitsFor = this.#waitOf(name, executor);
    this.#add(task, path, task.kind, { node, failure, executor, attempts, cached, patch, waitsFor });
  }

  /** What the program of a task waits for, else its driver. */
  #waitOf(name: string, executor: WorkflowNode | undefined): string | undefined {
    const tries = executor?.type === 'Retry' ? this.#triesOf(name) : [];
    const steps = [tries.at(-1) ?? executor, this.#nodes.get(`${name}-driver`)];
    const [wait] = steps.flatMap((step) => (step && waitOf(step, this.#pods)) ?? []);
    return wait ?? pauseOf(executor, tries);
  }

  #attemptsOf(name: string, executor: WorkflowNode | undefined): readonly WorkflowNode[] {
    if (executor?.type !== 'Retry') return executor === undefined || isWaiting(executor) ? [] : [executor];
    return this.#triesOf(name).filter((node) => !isWaiting(node));
  }

  #triesOf(name: string): readonly WorkflowNode[] {
    const tries: WorkflowNode[] = [];
    for (;;) {
      const node = this.#nodes.get(`${name}.executor(${tries.length})`);
      if (node === undefined) return tries;
      tries.push(node);
    }
  }

  /** The node of a task, and its driver where that failed before the task began. */
  #nodeOf(name: string): { node: WorkflowNode | undefined; failure: WorkflowNode | undefined } {
    const driver = this.#nodes.get(`${name}-driver`);
    const failed = driver?.phase === 'Failed' || driver?.phase === 'Error';
    const node = this.#nodes.get(name) ?? driver;
    return { node: failed ? driver : node, failure: failed ? driver : undefined };
  }

  #add(task: TaskNode, path: string, kind: TaskKind, about: About): TaskRun {
    const { node, executor, failure, attempts = [], cached = false, patch, waitsFor } = about;
    const leftOut = node === undefined ? this.#leftOut : undefined;
    const { state, ...wait } = withWait(leftOut === undefined ? this.#stateOf(node) : 'skipped', waitsFor);
    const skipped = state === 'skipped' ? (leftOut ?? reasonOf(node)) : undefined;
    const error =
      kind === 'iteration' || task.children.length > 0 ? undefined : errorOf(executor, failure, state);
    const run: TaskRun = {
      path,
      name: task.name,
      displayName: task.displayName,
      kind,
      state,
      ...(skipped === undefined ? {} : { skipReason: skipped }),
      ...timesOf(node, state),
      attempts: attempts.length,
      retries: 0,
      hasLog: attempts.some(({ type }) => type === 'Pod'),
      inputs: {},
      outputs: {},
      artifacts: [],
      metrics: [],
      ...(error === undefined ? {} : { error }),
      ...wait,
    };
    this.#told.push({ run, cached, attempts, ...(patch === undefined ? {} : { patch }) });
    return run;
  }

  #stateOf(node: WorkflowNode | undefined): TaskState {
    const state = own(states, node?.phase ?? '') ?? 'pending';
    // A driver that did its work stands for a task that is about to begin.
    if (node?.name.endsWith('-driver') === true && (state === 'succeeded' || state === 'pending'))
      return 'running';
    return this.#stopped && (state === 'failed' || state === 'skipped') ? 'stopped' : state;
  }
}

/** The nodes of iterations, by the name of their loop. A run may have thousands of both, so that they are looked through once. */
function iterationsByLoop(nodes: Iterable<WorkflowNode>): ReadonlyMap<string, readonly WorkflowNode[]> {
  const found = new Map<string, WorkflowNode[]>();
  for (const node of nodes) {
    const at = node.name.lastIndexOf(iterationsMark);
    const rest = node.name.slice(at + iterationsMark.length);
    if (at < 0 || !rest.endsWith(')') || rest.includes('.')) continue;
    const loop = node.name.slice(0, at);
    const known = found.get(loop);
    if (known === undefined) found.set(loop, [node]);
    else known.push(node);
  }
  return found;
}

const states: { readonly [phase: string]: TaskState } = {
  Running: 'running',
  Succeeded: 'succeeded',
  Failed: 'failed',
  Error: 'failed',
  Skipped: 'skipped',
  Omitted: 'skipped',
};

interface About {
  readonly node: WorkflowNode | undefined;
  readonly executor?: WorkflowNode | undefined;
  readonly failure?: WorkflowNode | undefined;
  readonly attempts?: readonly WorkflowNode[];
  readonly cached?: boolean;
  readonly patch?: string | undefined;
  readonly waitsFor?: string | undefined;
}

function valueOf(passed: WorkflowNode['inputs']): string | undefined {
  return passed?.parameters.find(({ name }) => name === 'pod-spec-patch')?.value;
}

/** A task that is under way, but whose pod cannot begin, waits. */
function withWait(state: TaskState, waitsFor: string | undefined): Pick<TaskRun, 'state' | 'waitsFor'> {
  return state === 'running' && waitsFor !== undefined ? { state: 'pending', waitsFor } : { state };
}

/** What the workflow says of a task between two tries. */
function pauseOf(holder: WorkflowNode | undefined, tries: readonly WorkflowNode[]): string | undefined {
  const { phase, message = '' } = holder ?? {};
  const over = tries.length > 0 && tries.every((node) => node.phase === 'Failed' || node.phase === 'Error');
  return phase === 'Running' && over && message !== '' ? message : undefined;
}

function isWaiting({ phase, type }: WorkflowNode): boolean {
  return phase === 'Pending' || type === 'Skipped' || phase === 'Omitted' || phase === 'Skipped';
}

/** A false condition is told with its comparison; anything else was left out for what came before. */
function reasonOf(node: WorkflowNode | undefined): 'condition' | 'upstream' {
  return node?.phase === 'Skipped' && (node.message ?? '').startsWith('when ') ? 'condition' : 'upstream';
}

function timesOf(
  node: WorkflowNode | undefined,
  state: TaskState,
): { readonly startedAt?: number; readonly endedAt?: number } {
  const [startedAt, endedAt] = [timeOf(node?.startedAt), timeOf(node?.finishedAt)];
  return {
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined || state === 'running' ? {} : { endedAt }),
  };
}

function errorOf(
  executor: WorkflowNode | undefined,
  driver: WorkflowNode | undefined,
  state: TaskState,
): TaskError | undefined {
  if (state !== 'failed') return undefined;
  const what = driver === undefined ? 'container' : 'driver';
  const message = (driver ?? executor)?.message ?? '';
  const [, type = 'Error', code] = /^\w+: (\w+) \(exit code (\d+)\)$/.exec(message) ?? [];
  const said =
    code !== undefined
      ? `exit code ${code}`
      : message === ''
        ? `The ${what} failed; Kubeflow does not say why.`
        : message;
  return {
    kind: what,
    type,
    message: driver === undefined ? said : `Before the task began, its driver failed: ${said}`,
    hint: 'Its log may say more.',
  };
}

/** How many tasks there are, by state. */
export function countsOf(told: readonly ToldTask[]): TaskCounts {
  const leaves = told.filter(({ run }) => run.kind === 'task' || run.kind === 'importer');
  const count = (state: TaskState) => leaves.filter(({ run }) => run.state === state).length;
  return {
    total: leaves.length,
    running: count('running'),
    succeeded: count('succeeded'),
    failed: count('failed'),
    cached: leaves.filter(({ cached }) => cached).length,
  };
}
