import { randomUUID } from 'node:crypto';
import { type Handing, withExecutors } from './executors.ts';
import { type KubernetesSide, podsOfNodes } from './inKubernetes.ts';
import { nodesAt, type PlannedNode, podName, type WorkflowNode } from './nodes.ts';
import type { Scene } from './scene.ts';
import { planRun, planWaiting, type Planning } from './schedule.ts';
import type { Struct } from './struct.ts';

export interface StateChange {
  readonly at: number;
  readonly state: string | undefined;
}

/** A node as the server tells it. */
export interface TaskDetail {
  readonly id: string;
  readonly name: string;
  readonly startedAt: number;
  readonly finishedAt: number | undefined;
  readonly state: string | undefined;
  readonly history: readonly StateChange[];
  readonly children: readonly string[];
}

/** What the server knows of a run by the last report. */
export interface Report {
  readonly state: string | undefined;
  readonly history: readonly StateChange[];
  readonly finishedAt: number;
  readonly tasks: readonly TaskDetail[];
  /** The workflow as JSON; undefined before the first report. */
  readonly manifest: string | undefined;
}

/** A run's life: what is known of it at a time, and what people do to it. */
export interface Life {
  readonly workflow: string;
  report(now: number): Report;
  /** Undefined for a node that has none. */
  log(node: string, now: number): string | undefined;
  terminate(now: number): 'done' | 'ended' | 'gone';
  retry(now: number): 'done' | 'unreported' | 'refused';
  /** Its pods, and the events about them. */
  inKubernetes(now: number): KubernetesSide;
  /** From now on its pods are played. */
  play(scene: Scene, now: number): void;
  /** Its workflow is deleted, so that nothing is reported any more. */
  vanish(now: number): void;
}

export interface LifeOptions {
  readonly pipeline: string;
  readonly spec: Struct;
  readonly createdAt: number;
  /** How long a driver takes; containers take two of these. */
  readonly step: number;
  /** Undefined: nobody plays its pods. */
  readonly scene?: Scene;
  /** A run of a schedule is not written down before its workflow is there. */
  readonly scheduled?: string;
  /** The nodes of a life that was recorded. */
  readonly plan?: (workflow: string) => readonly PlannedNode[];
  /** What its tasks hand to one another; where it is left out, nothing. */
  readonly handing?: Pick<Handing, 'run' | 'parameters'>;
  /** Its pods and events where they are not made up from its nodes. */
  readonly inKubernetes?: (workflow: string, now: number) => KubernetesSide;
  /** When somebody ended it. */
  readonly canceledAt?: number;
}

const stateOf: { readonly [phase: string]: string } = {
  Pending: 'PENDING',
  Running: 'RUNNING',
  Succeeded: 'SUCCEEDED',
  Failed: 'FAILED',
  Error: 'FAILED',
  Skipped: 'SKIPPED',
};

/** A life that is made up from the pipeline. */
export class PlannedLife implements Life {
  readonly workflow: string;
  readonly #options: LifeOptions;
  readonly #tries = new Map<string, number>();
  readonly #tasks = new Map<string, { id: string; history: StateChange[]; node: WorkflowNode }>();
  readonly #history: StateChange[] = [];
  #plan: readonly PlannedNode[] = [];
  #lasting: { readonly plan: readonly PlannedNode[]; readonly end: number } = { plan: [], end: 0 };
  #state: string | undefined = 'PENDING';
  #told: number;
  #reported = false;
  #canceledAt: number | undefined;
  #scene: Scene;
  #gone = false;
  #played: boolean;

  constructor(options: LifeOptions) {
    this.#options = options;
    const { pipeline, createdAt, scene, scheduled } = options;
    this.workflow = scheduled ?? `${pipeline}-${randomUUID().slice(0, 5)}`;
    this.#scene = scene ?? {};
    this.#played = scene !== undefined;
    this.#told = createdAt;
    if (scheduled === undefined) this.#history.push({ at: createdAt, state: 'PENDING' });
    // A server whose cluster plays nothing is slow to report.
    const planning = this.#planning(createdAt + (scene === undefined ? 2 : 0.5) * options.step);
    this.#canceledAt = options.canceledAt;
    this.#plan = this.#filled(
      options.plan?.(this.workflow) ?? (scene === undefined ? planWaiting(planning) : planRun(planning)),
    );
  }

  report(now: number): Report {
    this.#advance(now);
    const root = this.#tasks.get(this.workflow)?.node;
    const ended = this.#state === 'SUCCEEDED' || this.#state === 'FAILED';
    // A list of thousands of runs asks for their states alone.
    const tasks = () => this.#details();
    const manifest = () => (this.#reported ? this.#manifest() : undefined);
    return {
      state: this.#state,
      history: this.#history,
      finishedAt: ended ? (root?.finishedAt ?? 0) : 0,
      get tasks() {
        return tasks();
      },
      get manifest() {
        return manifest();
      },
    };
  }

  #details(): readonly TaskDetail[] {
    return [...this.#tasks.values()].map(({ id, history, node }) => ({
      id,
      name: node.displayName,
      startedAt: node.startedAt,
      finishedAt: node.finishedAt,
      state: history.at(-1)?.state,
      history,
      children: node.children,
    }));
  }

  log(node: string, now: number): string | undefined {
    this.#advance(now);
    const found = [...this.#tasks.values()].find(
      ({ node: one }) => one.id === node || podName(one, this.workflow) === node,
    );
    return this.#plan.find(({ id }) => id === found?.node.id)?.log;
  }

  inKubernetes(now: number): KubernetesSide {
    this.#advance(now);
    const own = this.#options.inKubernetes?.(this.workflow, now);
    if (own !== undefined) return own;
    const nodes = [...this.#tasks.values()].map(({ node }) => node);
    const logOf = ({ id, phase }: WorkflowNode) =>
      phase === 'Pending' ? undefined : this.#plan.find((one) => one.id === id)?.log;
    return { pods: podsOfNodes(nodes, this.workflow, logOf), events: [] };
  }

  terminate(now: number): 'done' | 'ended' | 'gone' {
    this.#advance(now);
    if (this.#state !== 'PENDING' && this.#state !== 'RUNNING') return 'ended';
    this.#state = 'CANCELING';
    if (this.#gone) return 'gone';
    this.#canceledAt = now;
    this.#plan = canceled(this.#plan, now, now + this.#options.step);
    return 'done';
  }

  retry(now: number): 'done' | 'unreported' | 'refused' {
    this.#advance(now);
    if (!this.#reported) return 'unreported';
    if (this.#state !== 'FAILED') return 'refused';
    for (const { node } of this.#tasks.values())
      if (node.name.endsWith('.executor')) this.#tries.set(node.name, (this.#tries.get(node.name) ?? 0) + 1);
    this.#canceledAt = undefined;
    this.#state = 'RUNNING';
    this.#history.push({ at: now, state: 'RUNNING' });
    const kept = new Map(
      this.#plan
        .filter(({ type, outcome, end }) => type === 'Pod' && outcome === 'Succeeded' && end <= now)
        .map((node) => [node.name, node]),
    );
    this.#plan = this.#filled(planRun(this.#planning(now + this.#options.step, kept)));
    return 'done';
  }

  play(scene: Scene, now: number): void {
    this.#scene = scene;
    this.#played = true;
    this.#plan = this.#filled(planRun(this.#planning(now)));
  }

  vanish(now: number): void {
    this.#advance(now);
    this.#gone = true;
  }

  #filled(plan: readonly PlannedNode[]): readonly PlannedNode[] {
    const { handing, pipeline, spec } = this.#options;
    if (handing === undefined || spec['root'] === undefined) return plan;
    return withExecutors(plan, {
      ...handing,
      pipeline,
      spec,
      scene: this.#scene,
      workflow: this.workflow,
    });
  }

  #planning(start: number, kept: ReadonlyMap<string, PlannedNode> = new Map()): Planning {
    const { spec, step } = this.#options;
    return { workflow: this.workflow, spec, scene: this.#scene, start, step, tries: this.#tries, kept };
  }

  /** Reports all that happened since, one step after another. */
  #advance(now: number): void {
    const { step } = this.#options;
    if (this.#gone || this.#told + step / 2 > now) return;
    if (this.#lasting.plan !== this.#plan) this.#lasting = { plan: this.#plan, end: endOf(this.#plan) };
    const { end } = this.#lasting;
    // After the last change nothing new is reported.
    const last = Math.min(now, end + 2 * step);
    for (let at = this.#told + step / 2; at <= last; at += step / 2) {
      this.#report(at);
      this.#told = at;
    }
  }

  #report(at: number): void {
    const nodes = this.#nodes(at);
    const root = nodes.find(({ name }) => name === this.workflow);
    if (root === undefined) return;
    this.#reported = true;
    for (const node of nodes) {
      const known = this.#tasks.get(node.id) ?? { id: randomUUID(), history: [], node };
      known.node = node;
      const state = stateOf[node.phase];
      if (known.history.length === 0 || known.history.at(-1)?.state !== state)
        known.history.push({ at, state });
      this.#tasks.set(node.id, known);
    }
    const canceling = (this.#canceledAt ?? Infinity) <= at && root.finishedAt === undefined;
    const state = canceling ? 'CANCELING' : stateOf[root.phase];
    if (this.#history.at(-1)?.state !== state) this.#history.push({ at, state });
    this.#state = state;
  }

  #nodes(at: number): readonly WorkflowNode[] {
    const nodes = nodesAt(this.#plan, at, this.#options.step);
    // A pod that no kubelet knows stays pending.
    return this.#played
      ? nodes
      : nodes.map((node) =>
          node.phase === 'Running' && node.type === 'Pod' ? { ...node, phase: 'Pending' } : node,
        );
  }

  #manifest(): string {
    const nodes = [...this.#tasks.values()].map(({ node }) => [
      node.id,
      {
        ...node,
        ...(node.type === 'Pod' ? { outputs: outputsOf(node) } : {}),
        startedAt: iso(node.startedAt),
        finishedAt: node.finishedAt === undefined ? null : iso(node.finishedAt),
      },
    ]);
    const root = this.#tasks.get(this.workflow)?.node;
    return JSON.stringify({
      metadata: { name: this.workflow, namespace: 'kubeflow' },
      status: {
        ...{ phase: root?.phase, nodes: Object.fromEntries(nodes) },
        artifactRepositoryRef: { artifactRepository: { s3: { bucket: 'mlpipeline' } } },
      },
    });
  }
}

/** When the last of its nodes ends, or begins where its end is not known. */
function endOf(plan: readonly PlannedNode[]): number {
  return plan
    .map((node) => (Number.isFinite(node.end) ? node.end : node.start))
    .filter(Number.isFinite)
    .reduce((latest, at) => Math.max(latest, at), -Infinity);
}

function outputsOf({ id, phase, outputs }: WorkflowNode): Struct {
  const ended = phase === 'Succeeded' || phase === 'Failed';
  return ended ? { ...outputs, artifacts: [{ name: 'main-logs', s3: { key: `logs/${id}/main.log` } }] } : {};
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** A plan that a person cuts off: what runs fails, what has not begun is left out. */
function canceled(plan: readonly PlannedNode[], now: number, end: number): readonly PlannedNode[] {
  const begun = new Set(plan.filter(({ start }) => start <= now).map(({ id }) => id));
  return plan.flatMap((node): readonly PlannedNode[] => {
    if (node.end <= now) return [node];
    if (node.start <= now) {
      const message = node.type === 'Pod' ? { message: 'main: Error (exit code 143)' } : {};
      return [{ ...node, ...message, end, outcome: 'Failed' }];
    }
    // The workflow itself: a retry may be stopped before it begins anew.
    if (node.boundaryID === undefined) return [{ ...node, start: now, end, outcome: 'Failed' }];
    const inside = begun.has(node.boundaryID);
    if (!inside || node.displayName.startsWith('executor')) return [];
    const message = 'omitted: depends condition not met';
    return [{ ...node, message, start: end, end, outcome: 'Omitted' }];
  });
}
