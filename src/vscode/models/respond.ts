import * as vscode from 'vscode';
import * as z from 'zod';
import { answerBasics } from '../../core/agents/basics/answerBasics.ts';
import { readFocusBlock } from '../../core/agents/focus.ts';
import { toSignal } from '../cancel.ts';
import { type Among, surroundings } from './surroundings.ts';

/**
 * Answers a request by rules. It reads the last user text, the focus block, the tools offered and their results, and what exists
 * in the connection that the sentence is about.
 */
export async function respond(
  services: Among,
  messages: readonly vscode.LanguageModelChatRequestMessage[],
  tools: readonly vscode.LanguageModelChatTool[],
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelTextPart | vscode.LanguageModelToolCallPart> {
  const texts = messages.map((message) =>
    message.role === vscode.LanguageModelChatMessageRole.User ? textOf(message.content).trim() : '',
  );
  const last = texts.findLastIndex((text) => text !== '');
  const focus = texts.map(readFocusBlock).findLast((block) => block !== undefined) ?? {};
  const results = messages.slice(last + 1).flatMap((message) => resultsOf(message.content));
  const said = { person: texts[last] ?? '', focus, places: placesOf(tools) };
  const known = results.length > 0 ? undefined : await surroundings(services, said, toSignal(token));
  const reply = answerBasics({ ...said, tools: tools.map((tool) => tool.name), known, results });
  if (reply.kind === 'text') return new vscode.LanguageModelTextPart(reply.text);
  return new vscode.LanguageModelToolCallPart(crypto.randomUUID(), reply.name, reply.input);
}

/** The names of the connections, as the schema of each tool has them. */
function placesOf([tool]: readonly vscode.LanguageModelChatTool[]): readonly string[] {
  const read = withPlaces.safeParse(tool?.inputSchema);
  return read.success ? read.data.properties.connection.enum : [];
}

const withPlaces = z.object({
  properties: z.object({ connection: z.object({ enum: z.array(z.string()) }) }),
});

function textOf(content: readonly unknown[]): string {
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

function resultsOf(content: readonly unknown[]): readonly string[] {
  return content.flatMap((part) =>
    part instanceof vscode.LanguageModelToolResultPart ? [textOf(part.content)] : [],
  );
}
