import { own } from '../domain/own.ts';
import { findCycle } from './findCycle.ts';
import {
  artifactInputs,
  componentOf,
  executorOf,
  parameterInputs,
  producerOf,
  tasksOf,
  upstreamOf,
} from './parts.ts';
import type { ComponentSpec, PipelineSpec, TaskSpec } from './schema.ts';

/** A reference to a part of the pipeline that does not exist, and where it is. */
export interface BrokenReference {
  readonly message: string;
  readonly path: Path;
}

type Path = readonly string[];
/** A task with its component and the tasks of the same level. */
interface Placed {
  readonly name: string;
  readonly task: TaskSpec;
  readonly owner: ComponentSpec;
  readonly path: Path;
}

/** The first reference to something missing, or a cycle; undefined when all references hold. */
export function checkReferences(spec: PipelineSpec): BrokenReference | undefined {
  const components = Object.entries(spec.components ?? {});
  const placed = components.map(([name, component]) => ({ name, component, path: ['components', name] }));
  for (const { name, component, path } of [
    { name: 'root', component: spec.root, path: ['root'] },
    ...placed,
  ]) {
    const broken = checkComponent(name, component, spec, path);
    if (broken) return broken;
  }
  const inside = (name: string) =>
    Object.values(tasksOf(own(spec.components, name))).map((task) => task.componentRef.name);
  const cycle = findCycle(
    components.map(([name]) => name),
    inside,
  );
  if (!cycle) return undefined;
  return {
    message: `A component contains itself: ${cycle.join(' → ')}.`,
    path: ['components', cycle[0] ?? ''],
  };
}

function checkComponent(
  name: string,
  owner: ComponentSpec,
  spec: PipelineSpec,
  path: Path,
): BrokenReference | undefined {
  const label = owner.executorLabel;
  if (label !== undefined) {
    if (executorOf(owner, spec)) return undefined;
    return {
      message: `Component ${name} names the executor ${label}, which is not there.`,
      path: [...path, 'executorLabel'],
    };
  }
  if (!owner.dag) return { message: `Component ${name} has neither tasks nor an executor.`, path };
  const tasks = tasksOf(owner);
  for (const [key, task] of Object.entries(tasks)) {
    const placed = { name: key, task, owner, path: [...path, 'dag', 'tasks', key] };
    const broken = checkTask(placed, spec) ?? checkInputs(placed, spec);
    if (broken) return broken;
  }
  const upstream = (key: string) => {
    const task = own(tasks, key);
    return task === undefined ? [] : upstreamOf(task);
  };
  const cycle = findCycle(Object.keys(tasks), upstream);
  if (!cycle) return checkOutputs(name, owner, path);
  const message = `The tasks wait for each other in a circle: ${cycle.join(' → ')}.`;
  return { message, path: [...path, 'dag', 'tasks', cycle[0] ?? ''] };
}

function checkTask({ name, task, owner, path }: Placed, spec: PipelineSpec): BrokenReference | undefined {
  if (!componentOf(task, spec)) {
    const message = `Task ${name} names the component ${task.componentRef.name}, which is not there.`;
    return { message, path: [...path, 'componentRef'] };
  }
  const unknown = upstreamOf(task).find((other) => !own(tasksOf(owner), other));
  if (unknown === undefined) return undefined;
  return {
    message: `Task ${name} waits for the task ${unknown}, which is not there.`,
    path: waitsAt(task, unknown, path),
  };
}

function checkInputs(placed: Placed, spec: PipelineSpec): BrokenReference | undefined {
  const { name: task, path } = placed;
  const wrong = checkParameters(placed, spec) ?? checkArtifacts(placed, spec);
  return (
    wrong && {
      message: `Task ${task} takes ${wrong.what}.`,
      path: [...path, 'inputs', wrong.kind, wrong.name],
    }
  );
}

interface WrongInput {
  readonly what: string;
  readonly kind: 'parameters' | 'artifacts';
  readonly name: string;
}

function checkParameters({ task, owner }: Placed, spec: PipelineSpec): WrongInput | undefined {
  for (const [name, input] of parameterInputs(task)) {
    const output = input.taskOutputParameter;
    const key = output?.outputParameterKey ?? '';
    if (output && !own(outputsOf(output.producerTask, owner, spec)?.parameters, key)) {
      return {
        kind: 'parameters',
        name,
        what: `the output ${key} of ${output.producerTask}, which has no such output`,
      };
    }
    const from = input.componentInputParameter;
    // The SDK also passes parts of a loop's items outside the loop, where they do not exist and are not used.
    if (from === undefined || from.includes('loop-item-')) continue;
    if (own(owner.inputDefinitions?.parameters, from)) continue;
    return { kind: 'parameters', name, what: `the parameter ${from}, which is not there` };
  }
  return undefined;
}

function checkArtifacts({ task, owner }: Placed, spec: PipelineSpec): WrongInput | undefined {
  for (const [name, input] of artifactInputs(task)) {
    const output = input.taskOutputArtifact;
    const key = output?.outputArtifactKey ?? '';
    if (output && !own(outputsOf(output.producerTask, owner, spec)?.artifacts, key)) {
      return {
        kind: 'artifacts',
        name,
        what: `the output ${key} of ${output.producerTask}, which has no such output`,
      };
    }
    const from = input.componentInputArtifact;
    if (from === undefined || from.includes('loop-item-')) continue;
    if (own(owner.inputDefinitions?.artifacts, from)) continue;
    return { kind: 'artifacts', name, what: `the artifact ${from}, which is not there` };
  }
  return undefined;
}

function outputsOf(
  name: string,
  owner: ComponentSpec,
  spec: PipelineSpec,
): ComponentSpec['outputDefinitions'] {
  const task = own(tasksOf(owner), name);
  return task && componentOf(task, spec)?.outputDefinitions;
}

function checkOutputs(name: string, component: ComponentSpec, path: Path): BrokenReference | undefined {
  const { parameters = {}, artifacts = {} } = component.dag?.outputs ?? {};
  const selectors = [
    ...Object.entries(parameters).flatMap(([key, { valueFromParameter: one, valueFromOneof: several }]) =>
      [...(one ? [one] : []), ...(several?.parameterSelectors ?? [])].map((from) => ({
        key,
        from,
        kind: 'parameters',
      })),
    ),
    ...Object.entries(artifacts).flatMap(([key, output]) =>
      (output.artifactSelectors ?? []).map((from) => ({ key, from, kind: 'artifacts' })),
    ),
  ];
  const wrong = selectors.find(({ from }) => !own(tasksOf(component), from.producerSubtask));
  if (!wrong) return undefined;
  return {
    message: `The output ${wrong.key} of ${name} comes from the task ${wrong.from.producerSubtask}, which is not there.`,
    path: [...path, 'dag', 'outputs', wrong.kind, wrong.key],
  };
}

/** Where a task declares that it waits for another. */
function waitsAt(task: TaskSpec, other: string, path: Path): Path {
  const index = task.dependentTasks?.indexOf(other) ?? -1;
  if (index >= 0) return [...path, 'dependentTasks', String(index)];
  const parameter = parameterInputs(task).find(([, input]) => producerOf(input) === other);
  if (parameter) return [...path, 'inputs', 'parameters', parameter[0]];
  const artifact = artifactInputs(task).find(([, input]) => input.taskOutputArtifact?.producerTask === other);
  return artifact ? [...path, 'inputs', 'artifacts', artifact[0]] : path;
}
