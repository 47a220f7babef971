import { nodeId, type PlannedNode } from './nodes.ts';
import type { Act, Scene } from './scene.ts';
import { type Component, iterationsOf, producersOf, type Spec, type Task } from './tasks.ts';
import type { Struct } from './struct.ts';

/** What is needed to plan a run. `kept` are the nodes of earlier tries that worked. */
export interface Planning {
  readonly workflow: string;
  readonly spec: Struct;
  readonly scene: Scene;
  readonly start: number;
  readonly step: number;
  /** How often each container was started before, by the name of its node. */
  readonly tries: ReadonlyMap<string, number>;
  readonly kept: ReadonlyMap<string, PlannedNode>;
}

/** Where the nodes of a graph or a task come, and when it begins. */
interface Place {
  readonly name: string;
  readonly displayName: string;
  readonly template: string;
  readonly boundary: string;
  readonly start: number;
}

interface Outcome {
  readonly end: number;
  readonly works: boolean;
  /** The nodes that end it, from which what follows begins. */
  readonly lasts: readonly string[];
}

/** Plans every node of a run whose pods are played. */
export function planRun(planning: Planning): readonly PlannedNode[] {
  return new Planner(planning).plan();
}

/** The nodes of a run whose pods nobody plays: the first driver waits for ever. */
export function planWaiting({ workflow, start }: Planning): readonly PlannedNode[] {
  const entry = { name: workflow, displayName: workflow, type: 'DAG', templateName: 'entrypoint' } as const;
  const inside = { boundaryID: workflow, outcome: 'Succeeded' } as const;
  const driver = { displayName: 'root-driver', type: 'Pod', templateName: 'system-dag-driver' } as const;
  const root = { displayName: 'root', type: 'DAG', templateName: 'root' } as const;
  const idOf = (name: string) => ({ id: nodeId(workflow, name), name });
  return [
    {
      ...entry,
      id: workflow,
      start,
      end: Infinity,
      outcome: 'Succeeded',
      next: [nodeId(workflow, `${workflow}.root-driver`)],
    },
    {
      ...driver,
      ...inside,
      ...idOf(`${workflow}.root-driver`),
      start,
      end: Infinity,
      next: [nodeId(workflow, `${workflow}.root`)],
    },
    { ...root, ...inside, ...idOf(`${workflow}.root`), start: Infinity, end: Infinity },
  ];
}

class Planner {
  readonly #planning: Planning;
  readonly #spec: Spec;
  readonly #nodes: PlannedNode[] = [];
  readonly #next = new Map<string, string[]>();

  constructor(planning: Planning) {
    this.#planning = planning;
    this.#spec = planning.spec as unknown as Spec;
  }

  plan(): readonly PlannedNode[] {
    const { workflow, start, step } = this.#planning;
    const driver = this.#driver(workflow, 'root', start, 'system-dag-driver', workflow);
    this.#link([workflow], `${workflow}.root-driver`);
    const { end, works } = this.#dag(this.#spec.root, {
      name: `${workflow}.root`,
      displayName: 'root',
      template: 'root',
      boundary: workflow,
      start: driver,
    });
    this.#add(workflow, workflow, {
      type: 'DAG',
      templateName: 'entrypoint',
      start,
      end: end + step / 4,
      works,
    });
    return this.#nodes.map((node) => ({ ...node, next: this.#next.get(node.id) ?? [] }));
  }

  /** Adds the nodes of a graph and returns when it ends. */
  #dag({ dag }: Component, place: Place): Outcome {
    const { name, start } = place;
    const id = nodeId(this.#planning.workflow, name);
    const ended = new Map<string, Outcome>();
    const tasks = Object.entries(dag?.tasks ?? {});
    for (let round = 0; round <= tasks.length && ended.size < tasks.length; round += 1)
      for (const [task, row] of tasks) {
        const before = producersOf(row).filter((other) => tasks.some(([known]) => known === other));
        if (ended.has(task) || !before.every((other) => ended.has(other))) continue;
        ended.set(task, this.#task({ task, row, name, boundary: id, start }, before, ended));
      }
    const all = [...ended.values()];
    const followed = new Set(tasks.flatMap(([, row]) => producersOf(row)));
    const lasts = [...ended].flatMap(([task, one]) => (followed.has(task) ? [] : one.lasts));
    const end = Math.max(start, ...all.map((one) => one.end));
    const works = all.every((one) => one.works);
    this.#add(name, place.displayName, {
      type: 'DAG',
      templateName: place.template,
      boundary: place.boundary,
      start,
      end,
      works,
    });
    return { end, works, lasts };
  }

  #task(
    at: {
      readonly task: string;
      readonly row: Task;
      readonly name: string;
      readonly boundary: string;
      readonly start: number;
    },
    before: readonly string[],
    ended: ReadonlyMap<string, Outcome>,
  ): Outcome {
    const { task, row, name, boundary } = at;
    const after = before.flatMap((other) => ended.get(other) ?? []);
    const start = Math.max(at.start, ...after.map((one) => one.end));
    const component = this.#componentOf(row);
    const isImporter = this.#isImporter(component);
    this.#link(
      after.length === 0 ? [boundary] : after.flatMap((one) => one.lasts),
      `${name}.${task}${isImporter ? '' : '-driver'}`,
    );
    const template = component.dag ? (row.componentRef?.name ?? '') : 'system-container-executor';
    const place = { name: `${name}.${task}`, displayName: task, template, boundary, start };
    const always = row.triggerPolicy?.strategy === 'ALL_UPSTREAM_TASKS_COMPLETED';
    if (!always && after.some((one) => !one.works)) return this.#leaveOut(place);
    return isImporter ? this.#import(place) : this.#drive(place, { name, row, component });
  }

  #componentOf(row: Task): Component {
    return this.#spec.components?.[row.componentRef?.name ?? ''] ?? {};
  }

  #isImporter({ executorLabel = '' }: Component): boolean {
    return this.#spec.deploymentSpec?.executors?.[executorLabel]?.importer !== undefined;
  }

  /** A task that an earlier one has failed. */
  #leaveOut({ name, displayName, template, boundary, start }: Place): Outcome {
    this.#omit(`${name}-driver`, `${displayName}-driver`, 'system-container-driver', boundary, start);
    this.#omit(name, displayName, template, boundary, start);
    this.#link([nodeId(this.#planning.workflow, `${name}-driver`)], name);
    return { end: start, works: false, lasts: [nodeId(this.#planning.workflow, name)] };
  }

  #import({ name, displayName, boundary, start }: Place): Outcome {
    const end = start + 2 * this.#planning.step;
    const pod = { type: 'Pod', templateName: 'system-importer', boundary, start, end, works: true } as const;
    this.#add(name, displayName, pod);
    return { end, works: true, lasts: [nodeId(this.#planning.workflow, name)] };
  }

  /** A task that a driver starts: a container, a graph or a loop. */
  #drive(
    place: Place,
    { name, row, component }: { readonly name: string; readonly row: Task; readonly component: Component },
  ): Outcome {
    const { displayName, boundary, start } = place;
    const template = component.dag ? 'system-dag-driver' : 'system-container-driver';
    const begun = { ...place, start: this.#driver(name, displayName, start, template, boundary) };
    if (!component.dag) return this.#container(begun, displayName, row);
    const count = iterationsOf(row);
    return count === undefined ? this.#dag(component, begun) : this.#loop(component, begun, count);
  }

  #loop(component: Component, place: Place, count: number): Outcome {
    const { name, start } = place;
    const { workflow } = this.#planning;
    const boundary = nodeId(workflow, name);
    const begun = this.#driver(name, 'iteration', start, 'system-dag-driver', boundary);
    this.#link([boundary], `${name}.iteration-driver`);
    this.#link([nodeId(workflow, `${name}.iteration-driver`)], `${name}.iteration-iterations`);
    const outcomes = Array.from({ length: count }, (_, index) => {
      const iteration = `${name}.iteration-iterations(${index}:${index})`;
      const inner = nodeId(workflow, iteration);
      this.#link([nodeId(workflow, `${name}.iteration-iterations`)], iteration);
      this.#link([inner], `${iteration}.iteration-item-driver`);
      const inside = this.#driver(iteration, 'iteration-item', begun, 'system-dag-driver', inner);
      const outcome = this.#dag(component, {
        name: `${iteration}.iteration-item`,
        displayName: 'iteration-item',
        template: place.template,
        boundary: inner,
        start: inside,
      });
      const label = `iteration-iterations(${index}:${index})`;
      this.#add(iteration, label, {
        type: 'DAG',
        templateName: `${place.template}-iteration`,
        boundary,
        start: begun,
        end: outcome.end,
        works: outcome.works,
      });
      return outcome;
    });
    const end = Math.max(begun, ...outcomes.map((one) => one.end));
    const works = outcomes.every((one) => one.works);
    this.#add(`${name}.iteration-iterations`, 'iteration-iterations', {
      type: 'TaskGroup',
      templateName: `${place.template}-iteration`,
      boundary,
      start: begun,
      end,
      works,
    });
    const { displayName, boundary: outer } = place;
    this.#add(name, displayName, {
      type: 'DAG',
      templateName: `${place.template}-${displayName}-iterator`,
      boundary: outer,
      start,
      end,
      works,
    });
    return { end, works, lasts: outcomes.flatMap((one) => one.lasts) };
  }

  #container(place: Place, task: string, row: Task): Outcome {
    const { workflow, kept } = this.#planning;
    const name = `${place.name}.executor`;
    const boundary = nodeId(workflow, place.name);
    const before = kept.get(name);
    const most = row.retryPolicy?.maxRetryCount ?? 0;
    const outcome: Outcome = before
      ? { end: before.end, works: true, lasts: [nodeId(workflow, name)] }
      : most > 0
        ? this.#tries(name, task, { boundary, start: place.start, most })
        : this.#try(name, 'executor', { task, key: name, boundary, start: place.start });
    if (before) this.#nodes.push(before);
    this.#link([boundary], name);
    const { displayName, template, boundary: outer, start } = place;
    this.#add(place.name, displayName, {
      type: 'DAG',
      templateName: template,
      boundary: outer,
      start: Math.min(start, outcome.end),
      end: outcome.end,
      works: outcome.works,
    });
    return outcome;
  }

  #tries(
    name: string,
    task: string,
    { boundary, start, most }: { readonly boundary: string; readonly start: number; readonly most: number },
  ): Outcome {
    const own = nodeId(this.#planning.workflow, name);
    let outcome: Outcome = { end: start, works: false, lasts: [own] };
    for (let count = 0; count <= most && !outcome.works; count += 1) {
      this.#link([own], `${name}(${count})`);
      outcome = this.#try(`${name}(${count})`, `executor(${count})`, {
        task,
        key: name,
        boundary,
        start: outcome.end,
        earlier: count,
      });
    }
    this.#add(name, 'executor', {
      type: 'Retry',
      templateName: 'retry-system-container-impl',
      boundary,
      start,
      end: outcome.end,
      works: outcome.works,
      ...(outcome.works ? {} : { message: 'No more retries left' }),
    });
    return outcome;
  }

  #try(
    name: string,
    displayName: string,
    at: {
      readonly task: string;
      readonly key: string;
      readonly boundary: string;
      readonly start: number;
      readonly earlier?: number;
    },
  ): Outcome {
    const { step, start } = this.#planning;
    const act = this.#actOf(at);
    const works = act.do === 'ok';
    const begun = Math.max(at.start, start); // a retried one begins now
    const end = begun + (act.steps ?? 2) * step;
    this.#add(name, displayName, {
      type: 'Pod',
      templateName: 'system-container-impl',
      boundary: at.boundary,
      start: begun,
      end,
      works,
      log: act.log ?? 'hello\nworld\n',
      ...(works ? {} : { message: `main: Error (exit code ${act.code ?? 1})` }),
    });
    return { end, works, lasts: [nodeId(this.#planning.workflow, name)] };
  }

  #actOf({ task, key, earlier = 0 }: { task: string; key: string; earlier?: number }): Act {
    const { scene, tries } = this.#planning;
    const acts = scene.tasks?.[task] ?? [];
    return acts[(tries.get(key) ?? 0) + earlier] ?? acts.at(-1) ?? { do: 'ok' };
  }

  /** What follows from nodes: the one of this name. */
  #link(from: readonly string[], name: string): void {
    const to = nodeId(this.#planning.workflow, name);
    for (const id of from) this.#next.set(id, [...(this.#next.get(id) ?? []), to]);
  }

  #driver(name: string, task: string, start: number, templateName: string, boundary: string): number {
    const end = start + this.#planning.step;
    if (task !== 'iteration')
      this.#link([nodeId(this.#planning.workflow, `${name}.${task}-driver`)], `${name}.${task}`);
    const before = this.#planning.kept.get(`${name}.${task}-driver`);
    if (before) {
      this.#nodes.push(before);
      return before.end;
    }
    this.#add(`${name}.${task}-driver`, `${task}-driver`, {
      type: 'Pod',
      templateName,
      boundary,
      start,
      end,
      works: true,
    });
    return end;
  }

  #omit(name: string, displayName: string, templateName: string, boundaryID: string, start: number): void {
    const id = nodeId(this.#planning.workflow, name);
    const message = 'omitted: depends condition not met';
    const kind = { type: 'Skipped', outcome: 'Omitted', message } as const;
    this.#nodes.push({ id, name, displayName, templateName, boundaryID, start, end: start, ...kind });
  }

  #add(
    name: string,
    displayName: string,
    {
      works,
      boundary,
      ...node
    }: Pick<PlannedNode, 'type' | 'templateName' | 'start' | 'end' | 'message' | 'log'> & {
      readonly works: boolean;
      readonly boundary?: string;
    },
  ): void {
    this.#nodes.push({
      ...node,
      id: nodeId(this.#planning.workflow, name),
      name,
      displayName,
      ...(boundary === undefined ? {} : { boundaryID: boundary }),
      outcome: works ? 'Succeeded' : 'Failed',
    });
  }
}
