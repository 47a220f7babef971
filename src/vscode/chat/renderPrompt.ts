import { type ITokenizer, OutputMode, Raw, renderPrompt } from '@vscode/prompt-tsx';
import type { Json } from '../../core/domain/json.ts';
import type { ModelMessage } from '../../core/ports/languageModel.ts';
import { fitSections, roomBeside } from '../../core/agents/fitSections.ts';
import type { PromptSections, RenderPrompt } from '../../core/ports/promptRenderer.ts';
import { toToken } from '../cancel.ts';
import { Prompt } from './prompt.tsx';
import { tokensOf } from './tokens.ts';

const tokenizer: ITokenizer<OutputMode.Raw> = {
  mode: OutputMode.Raw,
  tokenLength: (part) => (part.type === Raw.ChatCompletionContentPartKind.Text ? tokensOf(part.text) : 0),
  countMessageTokens: (message) => tokensOf(JSON.stringify(message)),
};

/** What attachments may take of a prompt in tokens: a third of what these sections leave, which stay whatever comes. */
export function roomForAttachments(
  maxTokens: number,
  sections: Pick<PromptSections, 'charter' | 'today' | 'focus' | 'person' | 'tools'>,
): number {
  return Math.floor(roomBeside(sections, { maxTokens, tokensOf }) / 3);
}

/** Fits prompts to a model that takes `maxTokens` tokens. */
export function createRenderPrompt(maxTokens: number): RenderPrompt {
  return async (sections, signal) => {
    const { messages } = await renderPrompt(
      Prompt,
      { sections: fitSections(sections, { maxTokens, tokensOf }) },
      // All of it fits already; the library would leave out what it counts as too much without a word.
      { modelMaxPromptTokens: Number.MAX_SAFE_INTEGER },
      tokenizer,
      undefined,
      toToken(signal),
    );
    return mergeResults(messages.map(toModelMessage));
  };
}

function toModelMessage(message: Raw.ChatMessage): ModelMessage {
  const text = message.content
    .map((part) => (part.type === Raw.ChatCompletionContentPartKind.Text ? part.text : ''))
    .join('')
    .trim();
  switch (message.role) {
    case Raw.ChatRole.Assistant:
      return { role: 'assistant', text, calls: (message.toolCalls ?? []).map(toCall) };
    case Raw.ChatRole.Tool:
      return { role: 'results', results: [{ id: message.toolCallId, text }] };
    default:
      return { role: 'user', text };
  }
}

function toCall(call: Raw.ChatMessageToolCall): { id: string; name: string; input: Json } {
  return { id: call.id, name: call.function.name, input: JSON.parse(call.function.arguments) };
}

/** Results of one round stand in one message, as models expect. */
function mergeResults(messages: readonly ModelMessage[]): readonly ModelMessage[] {
  return messages.reduce<ModelMessage[]>((merged, message) => {
    const last = merged.at(-1);
    if (message.role !== 'results' || last?.role !== 'results') return [...merged, message];
    return [...merged.slice(0, -1), { role: 'results', results: [...last.results, ...message.results] }];
  }, []);
}
