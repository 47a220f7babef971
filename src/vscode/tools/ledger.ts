import { canonicalJson, type Json } from '../../core/domain/json.ts';
import type { Outcome } from '../../core/tools/tool.ts';

/** A call that `@mlops` is about to make through the editor. */
export interface Expected {
  readonly name: string;
  readonly input: Json;
  readonly report: (line: string) => void;
  /** True when the model has read a result in this turn, which may have told it to make the call. */
  readonly hasRead: boolean;
  /** Filled in by the tool when it ran; stays undefined when the person skipped the call. */
  outcome?: Outcome;
  /** What the tool threw, kept whole: the editor would pass on its message alone. */
  error?: unknown;
}

const expected: Expected[] = [];
const key = (name: string, input: Json) => `${name}\n${canonicalJson(input)}`;

/**
 * Announces a call, so that the tool, which the editor calls with the input alone, can hand back its whole outcome.
 * Call the returned function when the editor has answered.
 */
export function expect(call: Expected): () => void {
  expected.push(call);
  return () => {
    const at = expected.indexOf(call);
    if (at >= 0) expected.splice(at, 1);
  };
}

/** The announced call of that name and input, taken off the list; undefined for a call from elsewhere. */
export function takeExpected(name: string, input: Json): Expected | undefined {
  const at = expected.findIndex((call) => key(call.name, call.input) === key(name, input));
  return at < 0 ? undefined : expected.splice(at, 1)[0];
}
