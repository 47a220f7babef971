import { own } from '../domain/own.ts';
import type { ComponentSpec, ExecutorSpec, PipelineSpec, TaskSpec } from './schema.ts';

/** Tasks of one level by name. */
export type Tasks = { readonly [name: string]: TaskSpec };
type ParameterInput = NonNullable<NonNullable<TaskSpec['inputs']>['parameters']>[string];
type ArtifactInput = NonNullable<NonNullable<TaskSpec['inputs']>['artifacts']>[string];

/** The tasks in a component; none for one that an executor runs. */
export function tasksOf(component: ComponentSpec | undefined): Tasks {
  return component?.dag?.tasks ?? {};
}

/** The component that a task calls. */
export function componentOf(task: TaskSpec, spec: PipelineSpec): ComponentSpec | undefined {
  return own(spec.components, task.componentRef.name);
}

/** The executor of a component without tasks. */
export function executorOf(
  component: ComponentSpec | undefined,
  spec: PipelineSpec,
): ExecutorSpec | undefined {
  return component?.executorLabel === undefined
    ? undefined
    : own(spec.deploymentSpec?.executors, component.executorLabel);
}

/** A task's parameters with where each comes from. */
export function parameterInputs(task: TaskSpec): readonly (readonly [string, ParameterInput])[] {
  return Object.entries(task.inputs?.parameters ?? {});
}

/** A task's artifacts with where each comes from. */
export function artifactInputs(task: TaskSpec): readonly (readonly [string, ArtifactInput])[] {
  return Object.entries(task.inputs?.artifacts ?? {});
}

/** The task of the same level that a parameter comes from. */
export function producerOf(input: ParameterInput): string | undefined {
  return input.taskOutputParameter?.producerTask ?? input.taskFinalStatus?.producerTask;
}

/** Names of the tasks of the same level that have to end before a task begins. */
export function upstreamOf(task: TaskSpec): readonly string[] {
  const producers = parameterInputs(task).map(([, input]) => producerOf(input));
  const makers = artifactInputs(task).map(([, input]) => input.taskOutputArtifact?.producerTask);
  const names = [...(task.dependentTasks ?? []), ...producers, ...makers];
  return [...new Set(names.filter((name) => name !== undefined))];
}
