import { canonicalJson, type Json } from '../../core/domain/json.ts';
import type { CallOrigin } from '../../core/agents/turnCalls.ts';
import type { Outcome } from '../../core/tools/tool.ts';

/** A call that `@mlops` is about to make through the editor. */
export interface Expected {
  readonly name: string;
  readonly input: Json;
  readonly report: (line: string) => void;
  /** What the turn knows of where the call comes from. */
  readonly origin: CallOrigin;
  /** Filled in by the tool when it ran; stays undefined when the person skipped the call. */
  outcome?: Outcome;
  /** What the tool threw, kept whole: the editor would pass on its message alone. */
  error?: unknown;
}

/** The calls that were announced and have not come yet. */
export class Ledger {
  readonly #expected: Expected[] = [];

  /**
   * Announces a call, so that the tool, which the editor calls with the input alone, can hand back its whole outcome.
   * Call the returned function when the editor has answered.
   */
  expect(call: Expected): () => void {
    this.#expected.push(call);
    return () => {
      const index = this.#expected.indexOf(call);
      if (index >= 0) this.#expected.splice(index, 1);
    };
  }

  /** The announced call of that name and input; undefined for a call from elsewhere. */
  find(name: string, input: Json): Expected | undefined {
    return this.#expected.find((call) => keyOf(call.name, call.input) === keyOf(name, input));
  }

  /** The announced call of that name and input, taken off the list; undefined for a call from elsewhere. */
  take(name: string, input: Json): Expected | undefined {
    const index = this.#expected.findIndex((call) => keyOf(call.name, call.input) === keyOf(name, input));
    return index < 0 ? undefined : this.#expected.splice(index, 1)[0];
  }
}

const keyOf = (name: string, input: Json) => `${name}\n${canonicalJson(input)}`;
