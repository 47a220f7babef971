import type { Json } from '../../src/core/domain/json.ts';
import { MlopsError } from '../../src/core/ports/mlopsError.ts';
import type {
  LanguageModel,
  ModelMessage,
  ModelPart,
  ToolOffer,
} from '../../src/core/ports/languageModel.ts';

/** What a scripted model says in one turn: texts, calls, or an error in the middle of its answer. */
export type ScriptedTurn = readonly (string | ScriptedCall | Error)[];

export interface ScriptedCall {
  readonly call: string;
  readonly input: Json;
}

/** What a model was sent. */
export interface SentRequest {
  readonly messages: readonly ModelMessage[];
  readonly tools: readonly ToolOffer[];
}

/** A model that says what a test wrote down, turn by turn, and keeps what it was sent. */
export class ScriptedModel implements LanguageModel {
  readonly name = 'Scripted';
  readonly callsTools = true;
  readonly maxTokens = 32_000;
  readonly requests: SentRequest[] = [];
  readonly #turns: (ScriptedTurn | ((request: SentRequest) => ScriptedTurn))[];
  #calls = 0;

  constructor(...turns: readonly (ScriptedTurn | ((request: SentRequest) => ScriptedTurn))[]) {
    this.#turns = [...turns];
  }

  /** How many turns were not taken. */
  get left(): number {
    return this.#turns.length;
  }

  async *send(
    messages: readonly ModelMessage[],
    tools: readonly ToolOffer[],
    signal: AbortSignal,
  ): AsyncIterable<ModelPart> {
    const request = { messages, tools };
    this.requests.push(request);
    const next = this.#turns.shift();
    if (!next) throw new Error('The scripted model has no turn left.');
    for (const part of typeof next === 'function' ? next(request) : next) {
      await Promise.resolve();
      if (signal.aborted) throw new MlopsError('cancelled', 'Cancelled.');
      if (part instanceof Error) throw part;
      if (typeof part === 'string') yield { kind: 'text', text: part };
      else
        yield {
          kind: 'call',
          call: { id: `call-${(this.#calls += 1)}`, name: part.call, input: part.input },
        };
    }
  }
}
