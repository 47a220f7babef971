import type { Cut } from '../text/cutText.ts';
import type { ModelMessage, ToolCall, ToolOffer } from './languageModel.ts';

/** One exchange of the conversation so far. */
export interface Exchange {
  readonly person: string;
  readonly answer: string;
}

/** What a call came to. */
export interface Result {
  readonly id: string;
  readonly text: string;
  /** How it is cut where there is no room for all of it; left out: its beginning is kept. */
  readonly cut?: Cut | undefined;
}

/** One round of a turn: the model's text and calls, and their results. */
export interface Round {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly results: readonly Result[];
}

/** The sections of a prompt, in order. */
export interface PromptSections {
  readonly charter: string;
  /** What day it is, beside the focus, so that the charter stays the same; empty for nothing. */
  readonly today: string;
  readonly focus: string;
  readonly history: readonly Exchange[];
  /** What the sentence came with, as data; empty for nothing. */
  readonly attached: string;
  readonly person: string;
  readonly rounds: readonly Round[];
  /** What the model is offered: it takes room, too. */
  readonly tools: readonly ToolOffer[];
}

/**
 * Fits the sections to a model's window: charter, tools, focus and the person's sentence always stay; the rest of the room goes
 * to this turn's results from the newest, then to what was attached, then to history from the newest. What does not fit is cut
 * or left out with a line that says so. The person's sentence is a message of its own.
 */
export type RenderPrompt = (
  sections: PromptSections,
  signal: AbortSignal,
) => Promise<readonly ModelMessage[]>;
