import type { EnvironmentSize } from './environments.ts';

/** The parts of a home besides its environments: records and logs of runs, objects. */
export const homeParts = ['runs', 'objects'] as const;
export type HomePart = (typeof homeParts)[number];

/** Something in the home that nothing refers to any more. */
export interface Leftover {
  /** `output`: files of a task that did not succeed. `deletedRun`: the rest of an interrupted deletion. */
  readonly kind: 'output' | 'deletedRun' | 'key' | 'environment';
  /** Opaque. */
  readonly id: string;
  readonly size: EnvironmentSize;
}

/** What can be freed, and the folders that could not be read. */
export interface Leftovers {
  readonly items: readonly Leftover[];
  readonly unreadable: readonly string[];
}

/** What was freed, and what was not, since it is in use or could not be removed. */
export interface Freed {
  readonly items: readonly Leftover[];
  readonly kept: readonly { readonly leftover: Leftover; readonly why: string }[];
}

/** The disk use of a home on this machine. Every method throws MlopsError. */
export interface HomeSpace {
  /** Size of a part, measured within a bound of time and files. */
  measure(part: HomePart, signal: AbortSignal): Promise<EnvironmentSize>;
  /** All leftovers with their sizes; nothing that an active run, or one that is being created, may use. */
  leftovers(signal: AbortSignal): Promise<Leftovers>;
  /** Removes those of `agreed` that are still leftovers. */
  free(agreed: readonly Leftover[], signal: AbortSignal): Promise<Freed>;
}
