import type { ComponentSpec, PipelineSpec, TaskSpec } from './schema.ts';

/** Something that names another part of the pipeline which is not there, and where it says so. */
export interface BrokenReference {
  readonly message: string;
  readonly path: readonly string[];
}

type Path = readonly string[];

/** The first reference in a pipeline that leads nowhere or in a circle; nothing when all hold. */
export function checkReferences(spec: PipelineSpec): BrokenReference | undefined {
  const root = checkComponent('root', spec.root, spec, ['root']);
  if (root) return root;
  for (const [name, component] of Object.entries(spec.components ?? {})) {
    const found = checkComponent(name, component, spec, ['components', name]);
    if (found) return found;
  }
  return checkNesting(spec);
}

function checkComponent(name: string, component: ComponentSpec, spec: PipelineSpec, path: Path): BrokenReference | undefined {
  const label = component.executorLabel;
  if (label !== undefined) {
    if (spec.deploymentSpec?.executors?.[label]) return undefined;
    return { message: `Component ${name} names the executor ${label}, which is not there.`, path: [...path, 'executorLabel'] };
  }
  if (!component.dag) return { message: `Component ${name} has neither tasks nor an executor.`, path };
  const tasks = component.dag.tasks ?? {};
  for (const [key, task] of Object.entries(tasks)) {
    const found = checkTask(key, task, component, spec, [...path, 'dag', 'tasks', key]);
    if (found) return found;
  }
  return checkOutputs(name, component, path) ?? checkCycle(tasks, path);
}

function checkTask(key: string, task: TaskSpec, owner: ComponentSpec, spec: PipelineSpec, path: Path): BrokenReference | undefined {
  const tasks = owner.dag?.tasks ?? {};
  if (!spec.components?.[task.componentRef.name]) {
    const message = `Task ${key} names the component ${task.componentRef.name}, which is not there.`;
    return { message, path: [...path, 'componentRef'] };
  }
  const unknown = upstreamOf(task).find((name) => !tasks[name]);
  if (unknown !== undefined) {
    return { message: `Task ${key} waits for the task ${unknown}, which is not there.`, path: pathOf(task, unknown, path) };
  }
  return checkOutputKeys(key, task, tasks, spec, path) ?? checkInputs(key, task, owner, path);
}

function checkOutputKeys(
  key: string,
  task: TaskSpec,
  tasks: { readonly [name: string]: TaskSpec },
  spec: PipelineSpec,
  path: Path,
): BrokenReference | undefined {
  const producers = (name: string) => spec.components?.[tasks[name]?.componentRef.name ?? '']?.outputDefinitions;
  const missing = (name: string, from: string, output: string, kind: string): BrokenReference => ({
    message: `Task ${key} takes the output ${output} of ${from}, which has no such output.`,
    path: [...path, 'inputs', kind, name],
  });
  for (const [name, input] of Object.entries(task.inputs?.parameters ?? {})) {
    const from = input.taskOutputParameter;
    if (!from || producers(from.producerTask)?.parameters?.[from.outputParameterKey]) continue;
    return missing(name, from.producerTask, from.outputParameterKey, 'parameters');
  }
  for (const [name, input] of Object.entries(task.inputs?.artifacts ?? {})) {
    const from = input.taskOutputArtifact;
    if (!from || producers(from.producerTask)?.artifacts?.[from.outputArtifactKey]) continue;
    return missing(name, from.producerTask, from.outputArtifactKey, 'artifacts');
  }
  return undefined;
}

function checkInputs(key: string, task: TaskSpec, owner: ComponentSpec, path: Path): BrokenReference | undefined {
  const { parameters = {}, artifacts = {} } = owner.inputDefinitions ?? {};
  for (const [name, input] of Object.entries(task.inputs?.parameters ?? {})) {
    const from = input.componentInputParameter;
    // Inside a loop the item is an input of the task itself, not of what is around it.
    if (from === undefined || parameters[from] || from === task.parameterIterator?.itemInput) continue;
    const message = `Task ${key} takes the parameter ${from}, which is not there.`;
    return { message, path: [...path, 'inputs', 'parameters', name] };
  }
  for (const [name, input] of Object.entries(task.inputs?.artifacts ?? {})) {
    const from = input.componentInputArtifact;
    if (from === undefined || artifacts[from] || from === task.artifactIterator?.itemInput) continue;
    const message = `Task ${key} takes the artifact ${from}, which is not there.`;
    return { message, path: [...path, 'inputs', 'artifacts', name] };
  }
  return undefined;
}

function checkOutputs(name: string, component: ComponentSpec, path: Path): BrokenReference | undefined {
  const tasks = component.dag?.tasks ?? {};
  const { parameters = {}, artifacts = {} } = component.dag?.outputs ?? {};
  const producers = [
    ...Object.entries(parameters).flatMap(([key, output]) =>
      [output.valueFromParameter, ...(output.valueFromOneof?.parameterSelectors ?? [])].map((from) => ({ key, from, kind: 'parameters' })),
    ),
    ...Object.entries(artifacts).flatMap(([key, output]) => (output.artifactSelectors ?? []).map((from) => ({ key, from, kind: 'artifacts' }))),
  ];
  const wrong = producers.find(({ from }) => from && !tasks[from.producerSubtask]);
  if (!wrong) return undefined;
  return {
    message: `The output ${wrong.key} of ${name} comes from the task ${wrong.from?.producerSubtask}, which is not there.`,
    path: [...path, 'dag', 'outputs', wrong.kind, wrong.key],
  };
}

/** Names of the tasks beside it that have to end before `task` begins. */
export function upstreamOf(task: TaskSpec): readonly string[] {
  const names = new Set(task.dependentTasks ?? []);
  for (const input of Object.values(task.inputs?.parameters ?? {})) {
    const from = input.taskOutputParameter?.producerTask ?? input.taskFinalStatus?.producerTask;
    if (from !== undefined) names.add(from);
  }
  for (const input of Object.values(task.inputs?.artifacts ?? {})) {
    if (input.taskOutputArtifact) names.add(input.taskOutputArtifact.producerTask);
  }
  return [...names];
}

function pathOf(task: TaskSpec, unknown: string, path: Path): Path {
  const index = task.dependentTasks?.indexOf(unknown) ?? -1;
  if (index >= 0) return [...path, 'dependentTasks', String(index)];
  const parameter = Object.entries(task.inputs?.parameters ?? {}).find(
    ([, input]) => (input.taskOutputParameter ?? input.taskFinalStatus)?.producerTask === unknown,
  );
  if (parameter) return [...path, 'inputs', 'parameters', parameter[0]];
  const artifact = Object.entries(task.inputs?.artifacts ?? {}).find(([, input]) => input.taskOutputArtifact?.producerTask === unknown);
  return artifact ? [...path, 'inputs', 'artifacts', artifact[0]] : path;
}

function checkCycle(tasks: { readonly [name: string]: TaskSpec }, path: Path): BrokenReference | undefined {
  const cycle = findCycle(Object.keys(tasks), (name) => (tasks[name] ? upstreamOf(tasks[name]) : []));
  if (!cycle) return undefined;
  return { message: `The tasks wait for each other in a circle: ${cycle.join(' → ')}.`, path: [...path, 'dag', 'tasks', cycle[0] ?? ''] };
}

/** A component that contains itself would never end. */
function checkNesting(spec: PipelineSpec): BrokenReference | undefined {
  const inside = (name: string) => Object.values(spec.components?.[name]?.dag?.tasks ?? {}).map((task) => task.componentRef.name);
  const cycle = findCycle(Object.keys(spec.components ?? {}), inside);
  if (!cycle) return undefined;
  return { message: `A component contains itself: ${cycle.join(' → ')}.`, path: ['components', cycle[0] ?? ''] };
}

function findCycle(names: readonly string[], next: (name: string) => readonly string[]): readonly string[] | undefined {
  const done = new Set<string>();
  for (const start of names) {
    const trail: { readonly name: string; readonly rest: string[] }[] = [{ name: start, rest: [...next(start)] }];
    const onTrail = new Set([start]);
    while (trail.length > 0 && !done.has(start)) {
      const top = trail.at(-1);
      const following = top?.rest.pop();
      if (following === undefined) {
        trail.pop();
        if (top) onTrail.delete(top.name);
        if (top) done.add(top.name);
      } else if (onTrail.has(following)) {
        const names = trail.map((step) => step.name);
        return [...names.slice(names.indexOf(following)), following];
      } else if (!done.has(following)) {
        trail.push({ name: following, rest: [...next(following)] });
        onTrail.add(following);
      }
    }
  }
  return undefined;
}
