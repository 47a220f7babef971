import * as z from 'zod';
import type { Focus } from '../domain/focus.ts';
import type { ToolCall, ToolOffer } from '../ports/languageModel.ts';
import type { Round } from '../ports/promptRenderer.ts';
import { inputSchema } from '../tools/inputSchema.ts';
import type { Tool } from '../tools/tool.ts';
import { offer } from './answerCalls.ts';
import { likelyTools } from './basics/likelyTools.ts';

/** The tool by which a model gets those that it was not offered at once. It is no tool of the editor: the conversation answers it. */
export const moreTools = 'more_tools';

/** What the tools of a request may take together, in characters of JSON: about 800 tokens. */
const roomForTools = 2400;
/** The same where the sentence speaks for none: about 2000 tokens for the first tools of the table. */
const roomForAny = 6000;
/** What a sentence has to say for a tool before the others can wait: a name alone says less. */
const enough = 4;

/** What decides which tools are offered. */
export interface Deciding {
  readonly person: string;
  readonly focus: Focus;
  /** What was called and answered in this turn, and in the one that it goes on with. */
  readonly rounds: readonly Round[];
  /** The names of the connections, where there are several. */
  readonly places?: readonly string[];
}

/**
 * Which tools a model is offered with a request: what the sentence speaks for, what was called before, and what the last
 * results name. Most of a request would be tools that it has no use for; these wait behind `more_tools`. All are offered
 * where they need little room. Where the sentence speaks for none, the first of the table are.
 */
export function offeredTools(
  tools: readonly Tool[],
  { places, rounds, person, focus }: Deciding,
): readonly ToolOffer[] {
  const offers = new Map(tools.map((tool) => [tool, offer(tool, places)]));
  const roomOf = (tool: Tool) => JSON.stringify(offers.get(tool)).length;
  const likely = likelyTools(person, focus, tools);
  const all = tools.reduce((sum, tool) => sum + roomOf(tool), 0);
  const isClear = (likely[0]?.points ?? 0) >= enough;
  if (all <= roomForTools) return [...offers.values()];
  const wanted = wantedNames(rounds);
  let room = isClear ? roomForTools : roomForAny;
  const chosen = new Set<Tool>();
  const candidates = isClear ? likely.flatMap(({ tool, points }) => (points > 0 ? [tool] : [])) : tools;
  for (const tool of candidates) {
    if (roomOf(tool) > room) continue;
    chosen.add(tool);
    room -= roomOf(tool);
  }
  const isOffered = (tool: Tool) => chosen.has(tool) || wanted.has(tool.name);
  const waiting = tools.filter((tool) => !isOffered(tool));
  const offered = tools.flatMap((tool) => (isOffered(tool) ? (offers.get(tool) ?? []) : []));
  return waiting.length === 0 ? offered : [...offered, moreOffer(waiting)];
}

/** The tools that were called or asked for, and those that the last results name. */
function wantedNames(rounds: readonly Round[]): ReadonlySet<string> {
  const calls = rounds.flatMap((round) => round.calls);
  const asked = calls.filter(isMoreTools).flatMap(namesIn);
  const last = rounds.at(-1)?.results.map(({ text }) => text) ?? [];
  const named = last.flatMap((text) => text.match(/\bmlops_[a-z_]+\b/g) ?? []);
  return new Set([...calls.map(({ name }) => name), ...asked, ...named]);
}

function moreOffer(waiting: readonly Tool[]): ToolOffer {
  const names = z.array(z.enum(waiting.map(({ name }) => name.slice(prefix.length)))).min(1);
  return {
    name: moreTools,
    description: 'Gives you more tools: where none of yours does it, name those that may.',
    inputSchema: inputSchema(z.object({ names })),
  };
}

/** True for a call that asks for more tools. */
export const isMoreTools = ({ name }: ToolCall) => name === moreTools;

function namesIn({ input }: ToolCall): readonly string[] {
  const names = z.object({ names: z.array(z.string()) }).safeParse(input);
  const whole = (name: string) => (name.startsWith(prefix) ? name : `${prefix}${name}`);
  return names.success ? names.data.names.map(whole) : [];
}

/** All names of tools begin so, and the names that wait go without. */
const prefix = 'mlops_';

/** The answer to a call that asks for more tools. */
export function answerMoreTools(call: ToolCall, tools: readonly Tool[]): Round['results'][number] {
  const known = namesIn(call).filter((name) => tools.some((tool) => tool.name === name));
  const text =
    known.length === 0
      ? `None of these is a tool. The tools are ${tools.map(({ name }) => name).join(', ')}.`
      : `You have ${known.join(', ')} now.`;
  return { id: call.id, text };
}
