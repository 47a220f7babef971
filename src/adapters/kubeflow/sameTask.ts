import { type Json, sameJson } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import type { TaskRun } from '../../core/domain/run.ts';
import { artifactInputs, parameterInputs } from '../../core/pipelineSpec/parts.ts';
import type { LeafTask } from '../../core/pipelineSpec/walkTasks.ts';
import { siblingOf } from './passed.ts';
import type { ToldTask } from './tasks.ts';

/** The tasks of a run by their paths. */
export type Tasks = ReadonlyMap<string, ToldTask>;

/** A task of a run, with its place in the pipeline and all tasks of the run. */
export interface TaskIn {
  readonly run: TaskRun;
  readonly leaf: LeafTask;
  readonly tasks: Tasks;
}

/** The values that a task got, where it is sure that another one is the same program and got the same; else undefined. */
export function sameInputs(mine: TaskIn, other: TaskIn): { readonly [name: string]: Json } | undefined {
  if (!isSameProgram(mine.leaf, other.leaf) || contradicts(mine.run, other.run)) return undefined;
  const [values, theirs] = [valuesOf(mine), valuesOf(other)];
  const [addresses, others] = [addressesOf(mine), addressesOf(other)];
  if (values === undefined || theirs === undefined || addresses === undefined || others === undefined)
    return undefined;
  return sameJson(values, theirs) && sameJson(addresses, others) ? values : undefined;
}

/** True for tasks of the same code and container whose inputs come from the same places. */
export function isSameProgram(one: LeafTask, other: LeafTask): boolean {
  const program = ({ component, executor, task }: LeafTask) =>
    JSON.stringify([{ ...component, executorLabel: '' }, executor, task.inputs]);
  return program(one) === program(other);
}

/** Undefined where a value that another task returned is not known. */
function valuesOf({ run, leaf, tasks }: TaskIn): { readonly [name: string]: Json } | undefined {
  const values: (readonly [string, Json])[] = [];
  for (const [name, { taskOutputParameter: from }] of parameterInputs(leaf.task)) {
    const maker = from && tasks.get(siblingOf(run.path, from.producerTask));
    const value = own(run.inputs, name) ?? own(maker?.run.outputs, from?.outputParameterKey ?? '');
    if (value !== undefined) values.push([name, value]);
    else if (from !== undefined) return undefined;
  }
  return Object.fromEntries(values);
}

/** Undefined where an artifact is not known, or comes from outside the task's group. */
function addressesOf({ run, leaf, tasks }: TaskIn): { readonly [name: string]: string } | undefined {
  const addresses: (readonly [string, string])[] = [];
  for (const [name, { taskOutputArtifact: from }] of artifactInputs(leaf.task)) {
    const maker = from && tasks.get(siblingOf(run.path, from.producerTask));
    const made = maker?.run.artifacts.find((one) => one.name === from?.outputArtifactKey);
    if (made === undefined || made.uri === '') return undefined;
    addresses.push([name, made.uri]);
  }
  return Object.fromEntries(addresses);
}

/** True where an artifact is known to be another one. */
function contradicts(mine: TaskRun, made: TaskRun): boolean {
  return mine.artifacts.some(({ name, uri }) =>
    made.artifacts.some((other) => other.name === name && other.uri !== uri),
  );
}
