import * as vscode from 'vscode';
import * as z from 'zod';
import { answerBasics } from '../../core/agents/basics/answerBasics.ts';
import { readFocusBlock } from '../../core/agents/focus.ts';

/** Answers a request by grammar. It reads the last user text, the focus block, the tools offered and their results. */
export function respond(
  messages: readonly vscode.LanguageModelChatRequestMessage[],
  tools: readonly vscode.LanguageModelChatTool[],
): vscode.LanguageModelTextPart | vscode.LanguageModelToolCallPart {
  const texts = messages.map((message) =>
    message.role === vscode.LanguageModelChatMessageRole.User ? textOf(message.content).trim() : '',
  );
  const last = texts.findLastIndex((text) => text !== '');
  const focus = texts.map(readFocusBlock).findLast((block) => block !== undefined);
  const results = messages.slice(last + 1).flatMap((message) => resultsOf(message.content));
  const reply = answerBasics({
    person: texts[last] ?? '',
    focus: focus ?? {},
    tools: tools.map((tool) => tool.name),
    places: placesOf(tools),
    results,
  });
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
