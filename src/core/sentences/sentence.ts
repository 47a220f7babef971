import type { Focus } from '../domain/focus.ts';
import type { JsonObject } from '../domain/json.ts';

/** A sentence that people say, and the input of the call that it means. */
export interface Example<Input = JsonObject> {
  readonly say: string;
  readonly means: Input;
  /** What comes of it, for the help, which leaves out examples without. */
  readonly does?: string;
}

/** The named groups of a pattern. */
export type Groups = { readonly [name: string]: string | undefined };

/** A kind of sentence that MLOps Basics reads as a call. */
export interface Sentence<Input = JsonObject> {
  readonly pattern: RegExp;
  /** The input that it means, or undefined when it means something else: then what comes next is tried. */
  readonly means: (groups: Groups, focus: Focus) => Input | undefined;
  /** True when it takes nearly any words, so that it is tried after all others. */
  readonly open?: boolean;
}

/** A slash command of `@mlops`, and the sentence that it stands for. */
export interface SlashCommand {
  readonly name: string;
  readonly description: string;
  /** The person's sentence, from what stands after the command. */
  readonly sentence: (rest: string) => string;
}
