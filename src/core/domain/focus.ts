import type { Json } from './json.ts';

/** What the conversation is about: what "it" and "that run" mean in the next sentence. But for lists, it is all in one connection. */
export interface Focus {
  /** Where it is; left out where there is one connection only. */
  readonly connection?: string;
  readonly pipeline?: string;
  readonly run?: string;
  /** The values of `run`: of one sentence alone, read anew for each. */
  readonly parameters?: FocusParameters;
  /** The run that `run` was compared with. */
  readonly against?: string;
  readonly task?: string;
  /** The name of a schedule. */
  readonly schedule?: string;
  /** "bucket/prefix". */
  readonly bucket?: string;
  /** "bucket/key". */
  readonly object?: string;
  /** The function that a sentence is about, by what is selected: of that sentence alone. */
  readonly function?: string;
  /** The call that shows the next page of the list shown last: a tool's name and its input as JSON. */
  readonly more?: string;
  /** What was listed, the newest list first. A list is no focus: it says what "the second one" means. */
  readonly lists?: readonly FocusList[];
}

export const listedKinds = ['run', 'pipeline', 'schedule', 'object', 'bucket'] as const;
export type ListedKind = (typeof listedKinds)[number];

/** Things of one kind in the order in which they were shown. */
export interface FocusList {
  readonly kind: ListedKind;
  /** Where they are; left out where there is one connection only. */
  readonly connection?: string;
  /** null stands for a run that was deleted since: the others keep their places. */
  readonly names: readonly (string | null)[];
  /** True when more was found than these. */
  readonly more?: boolean;
}

/** Values as a prompt may have them: those that differ from their defaults first, without secrets. */
export interface FocusParameters {
  readonly values: { readonly [name: string]: Json };
  /** How many were left out. */
  readonly left: number;
}
