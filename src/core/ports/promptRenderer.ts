import type { ModelMessage, ToolCall } from './languageModel.ts';

/** One exchange of the conversation so far. */
export interface Exchange {
  readonly person: string;
  readonly answer: string;
}

/** One round of a turn: the model's text and calls, and their results. */
export interface Round {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly results: readonly { readonly id: string; readonly text: string }[];
}

/** The sections of a prompt, in order. */
export interface PromptSections {
  readonly charter: string;
  readonly focus: string;
  readonly history: readonly Exchange[];
  /** What the sentence came with, as data; empty for nothing. */
  readonly attached: string;
  readonly person: string;
  readonly rounds: readonly Round[];
}

/**
 * Fits the sections to a model's budget: the charter and the person's sentence always stay, then this turn's rounds,
 * what was attached, the focus, and history from the newest. The person's sentence is a message of its own.
 */
export type RenderPrompt = (
  sections: PromptSections,
  signal: AbortSignal,
) => Promise<readonly ModelMessage[]>;
