import type { Json } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import { artifactInputs, parameterInputs } from '../../core/pipelineSpec/parts.ts';
import type { LeafTask } from '../../core/pipelineSpec/walkTasks.ts';
import type { ExecutorInput, RuntimeArtifact } from './executor.ts';
import type { LogFacts } from './taskFacts.ts';
import type { ToldTask } from './tasks.ts';

/** A task with what is known of it. */
export interface Row {
  readonly told: ToldTask;
  /** Undefined for a group. */
  readonly leaf: LeafTask | undefined;
  readonly input: ExecutorInput | undefined;
  readonly facts: LogFacts;
}

/**
 * What tasks handed to one another: what a task wrote is known from what the next one got, also where its own log is gone or it
 * came from the cache.
 */
export class Passed {
  readonly #values = new Map<string, { [name: string]: Json }>();
  readonly #artifacts = new Map<string, readonly RuntimeArtifact[]>();
  readonly #outputs: ReadonlyMap<string, { readonly [name: string]: Json }>;

  constructor(rows: readonly Row[]) {
    this.#outputs = new Map(
      rows.map(({ told, facts }) => [told.run.path, facts.output?.parameterValues ?? {}]),
    );
    for (const row of rows) this.#learn(row);
  }

  /** The values that a task returned, as far as others got them. */
  valuesOf(path: string): { readonly [name: string]: Json } {
    return this.#values.get(path) ?? {};
  }

  /** An output artifact of a task, as others got it. */
  artifactsOf(path: string, name: string): readonly RuntimeArtifact[] {
    return this.#artifacts.get(keyOf(path, name)) ?? [];
  }

  /** The inputs of a task that are values which others returned. */
  inputsOf({ told, leaf }: Row): { readonly [name: string]: Json } {
    if (leaf === undefined) return {};
    const entries = parameterInputs(leaf.task).flatMap(([name, { taskOutputParameter: from }]) => {
      if (from === undefined) return [];
      const producer = siblingOf(told.run.path, from.producerTask);
      const value =
        own(this.#outputs.get(producer), from.outputParameterKey) ??
        own(this.valuesOf(producer), from.outputParameterKey);
      return value === undefined ? [] : [[name, value] as const];
    });
    return Object.fromEntries(entries);
  }

  #learn({ told, leaf, input }: Row): void {
    if (leaf === undefined || input === undefined) return;
    for (const [name, { taskOutputParameter: from }] of parameterInputs(leaf.task)) {
      const value = own(input.inputs.parameterValues, name);
      if (from === undefined || value === undefined) continue;
      const producer = siblingOf(told.run.path, from.producerTask);
      this.#values.set(producer, { ...this.#values.get(producer), [from.outputParameterKey]: value });
    }
    for (const [name, { taskOutputArtifact: from }] of artifactInputs(leaf.task)) {
      const list = own(input.inputs.artifacts, name)?.artifacts;
      if (from === undefined || list === undefined) continue;
      this.#artifacts.set(keyOf(siblingOf(told.run.path, from.producerTask), from.outputArtifactKey), list);
    }
  }
}

const keyOf = (path: string, name: string) => `${path}\n${name}`;

/** The path of another task of the same group. */
export function siblingOf(path: string, name: string): string {
  const end = path.lastIndexOf('/');
  return end < 0 ? name : `${path.slice(0, end)}/${name}`;
}
