import type { EnvironmentSize } from './environments.ts';

/** The parts of a home beside its environments: records and logs of runs, objects. */
export const homeParts = ['runs', 'objects'] as const;
export type HomePart = (typeof homeParts)[number];

/** Something in the home that nothing names any more. */
export interface Leftover {
  /** `output`: what a task wrote that did not succeed. `deletedRun`: what is left of a deletion that was cut off. */
  readonly kind: 'output' | 'deletedRun' | 'key' | 'environment';
  /** Opaque. */
  readonly id: string;
  readonly size: EnvironmentSize;
}

/** What can be freed, and the folders that could not be looked into. */
export interface Leftovers {
  readonly items: readonly Leftover[];
  readonly unreadable: readonly string[];
}

/** What was freed, and what was not, since it is in use or could not be removed. */
export interface Freed {
  readonly items: readonly Leftover[];
  readonly kept: readonly { readonly leftover: Leftover; readonly why: string }[];
}

/** What a home on this machine takes. Every method throws MlopsError. */
export interface HomeSpace {
  /** What a part takes on disk, within a bound of time and files. */
  measure(part: HomePart, signal: AbortSignal): Promise<EnvironmentSize>;
  /** What nothing names, with sizes. Nothing is in it that an active run may use, or one that is being created. */
  leftovers(signal: AbortSignal): Promise<Leftovers>;
  /** Removes those of `agreed` that nothing names still. */
  free(agreed: readonly Leftover[], signal: AbortSignal): Promise<Freed>;
}
