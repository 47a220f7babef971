import type { PlannedNode } from './nodes.ts';
import type { Act, Scene } from './scene.ts';
import {
  type Component,
  type Container,
  iterationItems,
  producersOf,
  type Spec,
  type Task,
} from './tasks.ts';
import {
  driverOutputs,
  type ExecutorInput,
  executorLog,
  type Launched,
  type RuntimeArtifact,
} from './launcher.ts';
import type { Struct } from './struct.ts';

/** What is needed to say what the tasks of a run hand to one another. */
export interface Handing {
  readonly run: string;
  readonly pipeline: string;
  readonly workflow: string;
  readonly spec: Struct;
  readonly parameters: Struct;
  readonly scene: Scene;
}

/** What a task gets or gives. */
interface Things {
  readonly values: Struct;
  readonly artifacts: { readonly [name: string]: readonly RuntimeArtifact[] };
}

const nothing: Things = { values: {}, artifacts: {} };

/**
 * The nodes of a plan with what real drivers and launchers leave in them: the executor's input in the outputs of a driver, and
 * in the log of a task what it wrote or raised, where the scene says so.
 */
export function withExecutors(plan: readonly PlannedNode[], handing: Handing): readonly PlannedNode[] {
  return new Executors(plan, handing).filled();
}

class Executors {
  readonly #nodes: Map<string, PlannedNode>;
  readonly #handing: Handing;
  readonly #spec: Spec;
  #executions = 100;

  constructor(plan: readonly PlannedNode[], handing: Handing) {
    this.#nodes = new Map(plan.map((node) => [node.name, node]));
    this.#handing = handing;
    this.#spec = handing.spec as unknown as Spec;
  }

  filled(): readonly PlannedNode[] {
    const { root } = this.#spec;
    const { workflow, parameters } = this.#handing;
    const values = { ...defaultsOf(root), ...parameters };
    this.#dag(root, `${workflow}.root`, { values, artifacts: {} });
    return [...this.#nodes.values()];
  }

  /** Goes through the tasks of a graph, each after those that it waits for. */
  #dag({ dag }: Component, name: string, scope: Things): void {
    const tasks = Object.entries(dag?.tasks ?? {});
    const given = new Map<string, Things>();
    for (let round = 0; round < tasks.length && given.size < tasks.length; round += 1)
      for (const [task, row] of tasks) {
        const before = producersOf(row).filter((other) => tasks.some(([known]) => known === other));
        if (given.has(task) || !before.every((other) => given.has(other))) continue;
        given.set(task, this.#task({ task, row, name: `${name}.${task}` }, scope, given));
      }
  }

  #task(
    { task, row, name }: { readonly task: string; readonly row: Task; readonly name: string },
    scope: Things,
    given: ReadonlyMap<string, Things>,
  ): Things {
    const component = this.#componentOf(row);
    const inputs = inputsOf(row, scope, given);
    if (!component.dag) return this.#leaf({ task, component, name }, inputs);
    const items = iterationItems(row);
    if (items === undefined) this.#dag(component, name, inputs);
    for (const [index, item] of (items ?? []).entries()) {
      const values = { ...inputs.values, [row.parameterIterator?.itemInput ?? '']: item };
      const inner = `${name}.iteration-iterations(${index}:${index}).iteration-item`;
      this.#dag(component, inner, { ...inputs, values });
    }
    return nothing;
  }

  #componentOf({ componentRef }: Task): Component {
    return this.#spec.components?.[componentRef?.name ?? ''] ?? {};
  }

  #containerOf({ executorLabel = '' }: Component): Container | undefined {
    return this.#spec.deploymentSpec?.executors?.[executorLabel]?.container;
  }

  #leaf(
    {
      task,
      component,
      name,
    }: { readonly task: string; readonly component: Component; readonly name: string },
    inputs: Things,
  ): Things {
    const container = this.#containerOf(component);
    const driver = this.#nodes.get(`${name}-driver`);
    if (container === undefined || driver === undefined) return nothing;
    const cached = this.#nodes.get(`${name}.executor`)?.outcome === 'Skipped';
    const input = this.#inputFor(task, component, inputs);
    this.#executions += 1;
    const about = { ...this.#handing, execution: this.#executions, component, container, input };
    this.#nodes.set(driver.name, { ...driver, outputs: driverOutputs(about, cached) });
    const acts = this.#handing.scene.tasks?.[task] ?? [];
    const tries = this.#triesOf(name);
    for (const [index, node] of tries.entries()) this.#print(node, about, actOf(acts, node, index));
    const worked = cached || tries.at(-1)?.outcome === 'Succeeded';
    return worked
      ? outputsOf(
          input,
          acts.findLast((act) => act.do === 'ok'),
        )
      : nothing;
  }

  #print(node: PlannedNode, about: Launched, act: Act | undefined): void {
    const log = act && executorLog(about, act, node.end);
    if (log !== undefined) this.#nodes.set(node.name, { ...node, log });
  }

  #triesOf(name: string): readonly PlannedNode[] {
    const names = [
      `${name}.executor`,
      ...Array.from({ length: 20 }, (_, index) => `${name}.executor(${index})`),
    ];
    return names.flatMap((one) => this.#nodes.get(one) ?? []).filter(({ type }) => type === 'Pod');
  }

  #inputFor(
    task: string,
    { outputDefinitions = {} }: Component,
    { values, artifacts }: Things,
  ): ExecutorInput {
    const { pipeline, run } = this.#handing;
    const folder = `minio://mlpipeline/v2/artifacts/${pipeline}/${run}/${task}/${idOf(`${run}/${task}`)}`;
    const wrapped = (lists: Things['artifacts']) =>
      Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, { artifacts: list }]));
    const made = Object.entries(outputDefinitions.artifacts ?? {}).map(([name, { artifactType: type }]) => {
      const one: RuntimeArtifact = { name, type, uri: `${folder}/${name}`, metadata: {} };
      return [name, [one]] as const;
    });
    const parameters = Object.keys(outputDefinitions.parameters ?? {}).map(
      (name) => [name, { outputFile: `/tmp/kfp/outputs/${name}` }] as const,
    );
    return {
      inputs: { parameterValues: values, artifacts: wrapped(artifacts) },
      outputs: {
        parameters: Object.fromEntries(parameters),
        artifacts: wrapped(Object.fromEntries(made)),
        outputFile: '/tmp/kfp_outputs/output_metadata.json',
      },
    };
  }
}

/** What a try did: it worked, or it did not. */
function actOf(acts: readonly Act[], { outcome }: PlannedNode, index: number): Act | undefined {
  const own = acts.filter((act) => (act.do === 'ok') === (outcome === 'Succeeded'));
  return own[index] ?? own.at(-1);
}

/** What a task gives to those that follow. */
function outputsOf({ outputs }: ExecutorInput, act: Act | undefined): Things {
  const artifacts = Object.entries(outputs.artifacts).map(([name, { artifacts: list }]) => {
    const metadata = act?.writes?.metadata?.[name] ?? {};
    return [name, list.map((one) => ({ ...one, metadata }))] as const;
  });
  return { values: act?.writes?.values ?? {}, artifacts: Object.fromEntries(artifacts) };
}

function inputsOf({ inputs = {} }: Task, scope: Things, given: ReadonlyMap<string, Things>): Things {
  const values = Object.entries(inputs['parameters'] ?? {}).map(([name, from]) => {
    const { producerTask = '', outputParameterKey = '' } = from['taskOutputParameter'] ?? {};
    const own = from['componentInputParameter'];
    const value =
      typeof own === 'string'
        ? scope.values[own]
        : (from['runtimeValue']?.constant ?? given.get(producerTask)?.values[outputParameterKey]);
    return [name, value] as const;
  });
  const artifacts = Object.entries(inputs['artifacts'] ?? {}).map(([name, from]) => {
    const { producerTask = '', outputArtifactKey = '' } = from['taskOutputArtifact'] ?? {};
    const own = from['componentInputArtifact'];
    const list =
      typeof own === 'string' ? scope.artifacts[own] : given.get(producerTask)?.artifacts[outputArtifactKey];
    return [name, list ?? []] as const;
  });
  return {
    values: Object.fromEntries(values.filter(([, value]) => value !== undefined)),
    artifacts: Object.fromEntries(artifacts.filter(([, list]) => list.length > 0)),
  };
}

function defaultsOf({ inputDefinitions = {} }: Component): Struct {
  const entries = Object.entries(inputDefinitions.parameters ?? {});
  return Object.fromEntries(
    entries.flatMap(([name, { defaultValue }]) => (defaultValue === undefined ? [] : [[name, defaultValue]])),
  );
}

/** An id that is the same each time. */
function idOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  const part = hash.toString(16).padStart(8, '0');
  return `${part}-${part.slice(4)}-4${part.slice(0, 3)}-a${part.slice(3, 6)}-${part}${part.slice(4)}`;
}
