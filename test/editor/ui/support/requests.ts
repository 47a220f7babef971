import type { ModelMessage } from '../../harness/openaiServer.ts';

/** The texts of the tools' results in a request to the model, in their order. */
export function toolResults(messages: readonly ModelMessage[]): readonly string[] {
  return messages.filter(({ role }) => role === 'tool').map(({ content }) => contentText(content));
}

/** Content is a text, or a list of parts. */
function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: { text?: unknown }) => (typeof part.text === 'string' ? part.text : '')).join('');
}

/** The texts of the user's messages in a request to the model, in their order. */
export function userTexts(messages: readonly ModelMessage[]): readonly string[] {
  return messages.filter(({ role }) => role === 'user').map(({ content }) => contentText(content));
}
