import * as vscode from 'vscode';
import { thisMachine } from '../../core/domain/connection.ts';
import { type Focus, listedKinds } from '../../core/domain/focus.ts';
import * as z from 'zod';
import { longest, longestMore, mostListed, mostLists } from '../../core/agents/focus.ts';
import { followUpLabel } from '../../core/agents/followUps.ts';
import type { Exchange, Round } from '../../core/ports/promptRenderer.ts';
import { beginning } from '../../core/text/markdown.ts';
import { slashCommandsOf } from '../../core/agents/slashCommands.ts';
import { tools } from '../../core/tools/table.ts';

const focusField = z.string().max(longest).optional();

const round: z.ZodType<Round> = z.object({
  text: z.string(),
  calls: z.array(z.object({ id: z.string(), name: z.string(), input: z.json() })),
  results: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      cut: z.object({ keeps: z.enum(['beginning', 'end']), rest: z.string() }).optional(),
    }),
  ),
});

const focusList = z.object({
  kind: z.enum(listedKinds),
  connection: focusField,
  names: z.array(z.string().max(longest).nullable()).max(mostListed).readonly(),
  more: z.boolean().optional(),
});

/** What a turn leaves for the next one, in the result's metadata. */
export const memory = z.object({
  focus: z.object({
    connection: focusField,
    pipeline: focusField,
    run: focusField,
    against: focusField,
    task: focusField,
    schedule: focusField,
    bucket: focusField,
    more: z.string().max(longestMore).optional(),
    lists: z.array(focusList).max(mostLists).readonly().optional(),
  }),
  /** Who was at work in the end, and begins next. 0.1.0 left none. */
  agent: z.string().max(longest).optional(),
  followUps: z.array(z.object({ prompt: z.string() })),
  /** When this was so: a run that was waited for later is meant instead. Milliseconds since 1970. */
  at: z.number(),
  /** What was asked and found in a turn that stopped at its limit: "go on" continues with it. */
  rounds: z.array(round).optional(),
});
export type Memory = z.infer<typeof memory>;

const longestAnswer = 4000;
const longestHistory = 20;

/** What a turn's metadata offers to ask next. The editor shows a label as Markdown. */
export function offered(metadata: unknown): vscode.ChatFollowup[] {
  const read = memory.safeParse(metadata).data?.followUps ?? [];
  return read.map(({ prompt }) => {
    const label = followUpLabel(prompt);
    return label === prompt ? { prompt } : { prompt, label };
  });
}

/** The focus that the last whole turn of this conversation left, and when. */
export function lastFocus(history: vscode.ChatContext['history']): {
  readonly focus: Focus;
  readonly at: number;
} {
  const read = memories(history).at(-1);
  const entries = Object.entries(read?.focus ?? {}).filter(([, value]) => value !== undefined);
  // What 0.1.0 left names no connection.
  const connection = entries.length === 0 ? {} : { connection: thisMachine };
  return { focus: { ...connection, ...Object.fromEntries(entries) }, at: read?.at ?? 0 };
}

/** The name of the agent that was at work when the last turn ended that had one. */
export function lastAgent(history: vscode.ChatContext['history']): string | undefined {
  return memories(history).findLast(({ agent }) => agent !== undefined)?.agent;
}

/** The rounds of the last turn, where it stopped at its limit. */
export function lastRounds(history: vscode.ChatContext['history']): readonly Round[] {
  return memories(history).at(-1)?.rounds ?? [];
}

function memories(history: vscode.ChatContext['history']): readonly Memory[] {
  return history
    .filter((entry) => entry instanceof vscode.ChatResponseTurn)
    .flatMap((turn) => memory.safeParse(turn.result.metadata).data ?? []);
}

/** The conversation so far, the newest 20 exchanges, long answers cut. */
export function exchanges(history: vscode.ChatContext['history']): readonly Exchange[] {
  const made: Exchange[] = [];
  for (const turn of history) {
    if (turn instanceof vscode.ChatRequestTurn)
      made.push({ person: spelledOut(turn.command, turn.prompt), answer: '' });
    else if (turn instanceof vscode.ChatResponseTurn) {
      const before = made.pop();
      if (before !== undefined) made.push({ person: before.person, answer: answerText(turn) });
    }
  }
  return made.slice(-longestHistory);
}

/** What the person said, a slash command spelled out. */
export function spelledOut(command: string | undefined, prompt: string): string {
  const row = slashCommandsOf(tools).find(({ name }) => name === command);
  return row === undefined ? prompt : row.sentence(prompt.trim());
}

function answerText(turn: vscode.ChatResponseTurn): string {
  const text = turn.response
    .map((part) => (part instanceof vscode.ChatResponseMarkdownPart ? part.value.value : ''))
    .join('');
  return text.length <= longestAnswer ? text : `${beginning(text, longestAnswer)}\n\n…`;
}
