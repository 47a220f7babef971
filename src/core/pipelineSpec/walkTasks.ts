import type { Json } from '../domain/json.ts';
import { own } from '../domain/own.ts';
import { componentOf, executorOf, parameterInputs, tasksOf } from './parts.ts';
import type { ComponentSpec, ExecutorSpec, PipelineSpec, TaskSpec } from './schema.ts';

/** A task that an executor carries out, with what is known of its inputs before the run. */
export interface LeafTask {
  /** `inner/train`: the names on the path, without iterations. */
  readonly path: string;
  readonly task: TaskSpec;
  readonly component: ComponentSpec;
  readonly label: string;
  readonly executor: ExecutorSpec;
  /** Input parameters whose values are constants or come from the run's arguments. */
  readonly known: Values;
}

export type Values = { readonly [name: string]: Json | undefined };

const mostTasks = 5000;

/** Every task that runs something, at any depth. `given` are the values of the pipeline's own parameters. */
export function leafTasks(spec: PipelineSpec, given: Values): readonly LeafTask[] {
  const leaves: LeafTask[] = [];
  walk(spec, spec.root, '', given, leaves);
  return leaves;
}

function walk(
  spec: PipelineSpec,
  owner: ComponentSpec,
  parent: string,
  values: Values,
  leaves: LeafTask[],
): void {
  for (const [name, task] of Object.entries(tasksOf(owner))) {
    if (leaves.length >= mostTasks) return;
    const path = parent === '' ? name : `${parent}/${name}`;
    const known = knownInputs(task, values);
    const component = componentOf(task, spec);
    const executor = executorOf(component, spec);
    if (component?.dag) walk(spec, component, path, known, leaves);
    else if (component && executor) {
      leaves.push({ path, task, component, label: component.executorLabel ?? '', executor, known });
    }
  }
}

function knownInputs(task: TaskSpec, values: Values): Values {
  const inputs = parameterInputs(task).map(([name, input]) => {
    const constant = input.runtimeValue?.constant as Json | undefined;
    const from = input.componentInputParameter;
    return [name, from === undefined ? constant : own(values, from)] as const;
  });
  return Object.fromEntries(inputs.filter(([, value]) => value !== undefined));
}
