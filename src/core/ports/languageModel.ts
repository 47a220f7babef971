import type { Json, JsonObject } from '../domain/json.ts';

/** A tool as a model sees it. */
export interface ToolOffer {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** As the model wrote it, unchecked. */
  readonly input: Json;
}

export type ModelPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'call'; readonly call: ToolCall };

/** One message to a model. Tool results answer the calls of the previous assistant message. */
export type ModelMessage =
  | { readonly role: 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly ToolCall[] }
  | { readonly role: 'results'; readonly results: readonly { readonly id: string; readonly text: string }[] };

/** A language model that may call tools. Throws MlopsError: auth, forbidden, unreachable, invalid, cancelled, internal. */
export interface LanguageModel {
  readonly name: string;
  /** False when it is known that the model cannot call tools. */
  readonly callsTools: boolean;
  /** True for a model of rules: it says what they and the tools give, and claims nothing else. */
  readonly byRules?: boolean;
  /** Most tokens of a request. */
  readonly maxTokens: number;
  send(
    messages: readonly ModelMessage[],
    tools: readonly ToolOffer[],
    signal: AbortSignal,
  ): AsyncIterable<ModelPart>;
}
