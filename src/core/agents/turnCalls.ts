import { canonicalJson } from '../domain/json.ts';
import { isActive } from '../domain/run.ts';
import type { ToolCall } from '../ports/languageModel.ts';
import type { Confirmation, Outcome, Tool } from '../tools/tool.ts';
import type { ToolName } from '../tools/table.ts';
import type { Deed } from './doneLine.ts';
import { namesAll } from './namesAll.ts';

/** What is known of where a call comes from: whether the person may have meant it, or a text that the model read. */
export interface CallOrigin {
  /** True when the model has text from outside before it in this turn, which may have told it to make the call. */
  readonly hasRead: boolean;
  /** True when the person's sentence itself has every value of the call. */
  readonly named: boolean;
  /** How many runs were started in this turn before. */
  readonly runsBefore: number;
}

/** The tool that starts runs. */
export const runTool: ToolName = 'mlops_run_pipeline';

/** The same read is made so often; after that the model is told that it has the result. */
const mostEqualReads = 2;

interface ReadBefore {
  readonly text: string;
  readonly times: number;
  readonly round: number;
}

/** What a turn remembers of its calls: what was read, written, skipped, and in whose words. */
export class TurnCalls {
  readonly #writes = new Map<string, string>();
  readonly #reads = new Map<string, ReadBefore>();
  readonly #deeds: Deed[] = [];
  readonly #person: string;
  #hasRead: boolean;
  #runs = 0;
  #round = 0;

  /** `hasRead`: the sentence came with text from outside, or goes on with what was read before. */
  constructor(person: string, hasRead: boolean) {
    this.#person = person;
    this.#hasRead = hasRead;
  }

  /** What was changed or was to be, in order. */
  get deeds(): readonly Deed[] {
    return this.#deeds;
  }

  /** Notes that the next calls are of another reply. */
  nextRound(): void {
    this.#round += 1;
  }

  /** Where a call comes from, as far as this turn knows. */
  originOf({ input }: ToolCall): CallOrigin {
    return { hasRead: this.#hasRead, named: namesAll(this.#person, input), runsBefore: this.#runs };
  }

  /** What came of the same write in this turn: the same by its input or by what that means. */
  writtenBefore(call: ToolCall, confirmation?: Confirmation): string | undefined {
    return keysOf(call, confirmation)
      .map((key) => this.#writes.get(key))
      .find((text) => text !== undefined);
  }

  /** Remembers what came of a write; one that was refused may be possible later. What was read before may have changed. */
  noteWrite(call: ToolCall, confirmation: Confirmation | undefined, deed: Deed): void {
    this.#hasRead = true;
    this.#reads.clear();
    const keys = deed.how === 'refused' ? [] : keysOf(call, confirmation);
    for (const key of keys) this.#writes.set(key, deed.result);
    if (call.name === runTool && deed.how === 'done') this.#runs += 1;
    this.#deeds.push(deed);
  }

  /** Notes that the model is answered: from then on a text may have told it what to do. */
  noteAnswered(): void {
    this.#hasRead = true;
  }

  /** A line instead of a read that brought the same twice; undefined for any other. */
  readEnough(call: ToolCall): string | undefined {
    const before = this.#reads.get(callKey(call));
    if (before === undefined || before.times < mostEqualReads) return undefined;
    return `You have this already: this very call brought the same ${before.times} times in this answer, the last time in round ${before.round}. Use that result. Where it was cut, ask for the part that is missing.`;
  }

  /** Remembers what a read brought. What is still going on may be looked at as often as one likes. */
  noteRead(call: ToolCall, { text, mentions }: Outcome): void {
    this.#hasRead = true;
    const key = callKey(call);
    const before = this.#reads.get(key);
    const goesOn = mentions.some((mention) => mention.kind === 'run' && isActive(mention.state));
    const times = before?.text === text ? before.times + 1 : 1;
    if (goesOn) this.#reads.delete(key);
    else this.#reads.set(key, { text, times, round: this.#round });
  }
}

const callKey = ({ name, input }: ToolCall) => [name, canonicalJson(input)].join('\n');

/** A write by its input, and by the run, the pipeline and the values that it was found to mean. */
function keysOf(call: ToolCall, confirmation?: Confirmation): readonly string[] {
  if (confirmation?.input === undefined) return [callKey(call)];
  // How long is waited for a run does not change what runs.
  const { wait: _, ...means } = confirmation.input;
  return [callKey(call), [call.name, 'means', canonicalJson(means)].join('\n')];
}

/** The kind of a write that ran. */
export function howOf(tool: Tool, { did }: Outcome): Deed['how'] {
  if (did !== '') return 'done';
  // What destroys asks while it runs, and did nothing when the answer was no.
  return tool.effect === 'destroy' ? 'skipped' : 'nothing';
}
