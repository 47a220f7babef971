import type { Struct } from './struct.ts';

/** A task of a specification, as far as its plan depends on it. */
export interface Task {
  readonly componentRef?: { readonly name?: string };
  readonly dependentTasks?: readonly string[];
  readonly inputs?: {
    readonly [kind: string]: {
      readonly [name: string]: { readonly [from: string]: From };
    };
  };
  readonly parameterIterator?: { readonly itemInput?: string; readonly items?: { readonly raw?: string } };
  readonly artifactIterator?: object;
  readonly triggerPolicy?: { readonly strategy?: string };
  readonly retryPolicy?: { readonly maxRetryCount?: number };
}

/** Where an input comes from. */
interface From {
  readonly producerTask?: string;
  readonly outputParameterKey?: string;
  readonly outputArtifactKey?: string;
  readonly constant?: unknown;
}

interface Definitions {
  readonly parameters?: {
    readonly [name: string]: { readonly parameterType?: string; readonly defaultValue?: unknown };
  };
  readonly artifacts?: { readonly [name: string]: { readonly artifactType?: Struct } };
}

export interface Container {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly unknown[];
}

export interface Component {
  readonly inputDefinitions?: Definitions;
  readonly outputDefinitions?: Definitions;
  readonly executorLabel?: string;
  readonly dag?: { readonly tasks?: { readonly [name: string]: Task } };
}

export interface Spec {
  readonly root: Component;
  readonly components?: { readonly [name: string]: Component };
  readonly deploymentSpec?: {
    readonly executors?: { readonly [label: string]: Executor };
  };
}

interface Executor {
  readonly importer?: object;
  readonly container?: Container;
}

/** The tasks that a task waits for. */
export function producersOf({ dependentTasks = [], inputs = {} }: Task): readonly string[] {
  const read = Object.values(inputs).flatMap((group) =>
    Object.values(group).flatMap((input) => Object.values(input).map((from) => from.producerTask)),
  );
  return [...new Set([...dependentTasks, ...read.filter((name) => name !== undefined)])];
}

/** How many iterations a loop has; what is not known before it runs counts as three. */
export function iterationsOf(task: Task): number | undefined {
  return iterationItems(task)?.length;
}

/** What a loop goes over. */
export function iterationItems({
  parameterIterator,
  artifactIterator,
}: Task): readonly unknown[] | undefined {
  if (parameterIterator === undefined && artifactIterator === undefined) return undefined;
  const items: unknown = JSON.parse(parameterIterator?.items?.raw ?? '[0,1,2]');
  return Array.isArray(items) ? items : [0, 1, 2];
}
