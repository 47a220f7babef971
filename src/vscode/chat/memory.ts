import * as vscode from 'vscode';
import * as z from 'zod';
import type { Focus } from '../../core/agents/focus.ts';
import type { Exchange } from '../../core/ports/promptRenderer.ts';
import { slashCommands } from '../../core/agents/slashCommands.ts';

const focusField = z.string().max(500).optional();

/** What a turn leaves for the next one, in the result's metadata. */
export const memory = z.object({
  focus: z.object({
    pipeline: focusField,
    run: focusField,
    against: focusField,
    task: focusField,
    bucket: focusField,
  }),
  followUps: z.array(z.object({ prompt: z.string() })),
});
export type Memory = z.infer<typeof memory>;

const longestAnswer = 4000;
const longestHistory = 20;

/** The focus that the last turn of this conversation left. */
export function lastFocus(history: vscode.ChatContext['history']): Focus {
  const turn = history.findLast((one) => one instanceof vscode.ChatResponseTurn);
  const read = turn === undefined ? undefined : memory.safeParse(turn.result.metadata).data?.focus;
  return Object.fromEntries(Object.entries(read ?? {}).filter(([, value]) => value !== undefined));
}

/** The conversation so far, the newest 20 exchanges, long answers cut. */
export function exchanges(history: vscode.ChatContext['history']): readonly Exchange[] {
  const made: Exchange[] = [];
  for (const turn of history) {
    if (turn instanceof vscode.ChatRequestTurn)
      made.push({ person: sentence(turn.command, turn.prompt), answer: '' });
    else if (turn instanceof vscode.ChatResponseTurn) {
      const before = made.pop();
      if (before !== undefined) made.push({ person: before.person, answer: answerText(turn) });
    }
  }
  return made.slice(-longestHistory);
}

/** What the person said, a slash command spelled out. */
export function sentence(command: string | undefined, prompt: string): string {
  const row = slashCommands.find(({ name }) => name === command);
  return row === undefined ? prompt : row.sentence(prompt.trim());
}

function answerText(turn: vscode.ChatResponseTurn): string {
  const text = turn.response
    .map((part) => (part instanceof vscode.ChatResponseMarkdownPart ? part.value.value : ''))
    .join('');
  return text.length <= longestAnswer ? text : `${text.slice(0, longestAnswer)} …`;
}
