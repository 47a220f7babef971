/** A task of a specification, as far as its plan depends on it. */
export interface Task {
  readonly componentRef?: { readonly name?: string };
  readonly dependentTasks?: readonly string[];
  readonly inputs?: {
    readonly [kind: string]: {
      readonly [name: string]: { readonly [from: string]: { readonly producerTask?: string } };
    };
  };
  readonly parameterIterator?: { readonly items?: { readonly raw?: string } };
  readonly artifactIterator?: object;
  readonly triggerPolicy?: { readonly strategy?: string };
  readonly retryPolicy?: { readonly maxRetryCount?: number };
}

export interface Component {
  readonly executorLabel?: string;
  readonly dag?: { readonly tasks?: { readonly [name: string]: Task } };
}

export interface Spec {
  readonly root: Component;
  readonly components?: { readonly [name: string]: Component };
  readonly deploymentSpec?: {
    readonly executors?: { readonly [label: string]: { readonly importer?: object } };
  };
}

/** The tasks that a task waits for. */
export function producersOf({ dependentTasks = [], inputs = {} }: Task): readonly string[] {
  const read = Object.values(inputs).flatMap((group) =>
    Object.values(group).flatMap((input) => Object.values(input).map((from) => from.producerTask)),
  );
  return [...new Set([...dependentTasks, ...read.filter((name) => name !== undefined)])];
}

/** How many iterations a loop has; what is not known before it runs counts as three. */
export function iterationsOf({ parameterIterator, artifactIterator }: Task): number | undefined {
  if (parameterIterator === undefined && artifactIterator === undefined) return undefined;
  const items: unknown = JSON.parse(parameterIterator?.items?.raw ?? '[0,1,2]');
  return Array.isArray(items) ? items.length : 3;
}
