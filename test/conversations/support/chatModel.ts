import * as vscode from 'vscode';
import type { Json } from '../../../src/core/domain/json.ts';
import type { ModelMessage, ToolOffer } from '../../../src/core/ports/languageModel.ts';
import { tokensOf } from '../../../src/vscode/chat/tokens.ts';
import { toSignal } from '../../../src/vscode/cancel.ts';
import type { ScriptedModel, SentRequest } from '../../fakes/scriptedModel.ts';

/** A scripted model as one of the editor's models, with a window of `maxInputTokens`. */
export function chatModel(scripted: ScriptedModel, maxInputTokens: number): vscode.LanguageModelChat {
  const model = {
    ...{ id: 'scripted', vendor: 'test', family: 'scripted', version: '1' },
    name: scripted.name,
    maxInputTokens,
    capabilities: { supportsToolCalling: true },
    countTokens: async (text: string) => tokensOf(text),
    sendRequest: async (
      messages: readonly vscode.LanguageModelChatMessage[],
      { tools = [] }: vscode.LanguageModelChatRequestOptions,
      token: vscode.CancellationToken,
    ) => ({ stream: answer(scripted, messages.map(toMessage), tools.map(toOffer), token) }),
  };
  return model as unknown as vscode.LanguageModelChat;
}

async function* answer(
  scripted: ScriptedModel,
  messages: readonly ModelMessage[],
  tools: readonly ToolOffer[],
  token: vscode.CancellationToken,
): AsyncIterable<vscode.LanguageModelTextPart | vscode.LanguageModelToolCallPart> {
  for await (const part of scripted.send(messages, tools, toSignal(token))) {
    yield part.kind === 'text'
      ? new vscode.LanguageModelTextPart(part.text)
      : new vscode.LanguageModelToolCallPart(part.call.id, part.call.name, part.call.input as object);
  }
}

function toOffer({ name, description, inputSchema }: vscode.LanguageModelChatTool): ToolOffer {
  return { name, description, inputSchema: inputSchema as ToolOffer['inputSchema'] };
}

/** A message of the editor, as the conversation meant it. */
function toMessage({ role, content }: vscode.LanguageModelChatMessage): ModelMessage {
  const parts: readonly unknown[] = content;
  const text = textIn({ content });
  const results = parts.filter((part) => part instanceof vscode.LanguageModelToolResultPart);
  if (results.length > 0)
    return {
      role: 'results',
      results: results.map((result) => ({ id: result.callId, text: textIn(result) })),
    };
  if (role === vscode.LanguageModelChatMessageRole.User) return { role: 'user', text };
  const calls = parts
    .filter((part) => part instanceof vscode.LanguageModelToolCallPart)
    .map(({ callId, name, input }) => ({ id: callId, name, input: input as Json }));
  return { role: 'assistant', text, calls };
}

/** The text of a message or a result of the editor. */
export function textIn({ content }: { readonly content: readonly unknown[] }): string {
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

/** The tokens of a request, the offered tools among them, counted as the prompt counts them. */
export function tokensIn({ messages, tools }: SentRequest): number {
  return messages.reduce((sum, message) => sum + tokensOf(textsOf(message)), tokensOf(JSON.stringify(tools)));
}

function textsOf(message: ModelMessage): string {
  if (message.role === 'results') return message.results.map(({ text }) => text).join('\n');
  const calls = message.role === 'assistant' && message.calls.length > 0 ? JSON.stringify(message.calls) : '';
  return message.text + calls;
}
