import * as z from 'zod';
import type { ToolCall, ToolOffer } from '../ports/languageModel.ts';
import { asName } from '../text/literal.ts';
import { phrase, sentence } from '../text/markdown.ts';
import { inputSchema } from '../tools/inputSchema.ts';
import type { Agent } from './agents.ts';

/** The tool by which an agent lets another one go on. It is no tool of the editor: the conversation answers it. */
export const handOver = 'hand_over';

/** Enough to go there and back twice. */
const mostHandOvers = 4;

/** Who is at work within a turn. */
export interface AtWork {
  readonly agent: Agent;
  /** How often the conversation was handed over in this turn. */
  readonly handOvers: number;
}

/** The tool as a model is offered it; undefined where there is nobody to hand over to, or it was done often enough. */
export function handOverOffer({ agent, handOvers }: AtWork, agents: readonly Agent[]): ToolOffer | undefined {
  const others = colleagues(agent, agents);
  if (others.length === 0 || handOvers >= mostHandOvers) return undefined;
  const about = others.map(
    ({ name, examples }) => `- ${name}: ${examples.map((example) => `"${example}"`).join(', ')}`,
  );
  return {
    name: handOver,
    description: `Lets another agent go on with this conversation in your place, with tools that you do not have. It reads all that was said and found so far. What people ask of each:\n${about.join('\n')}`,
    inputSchema: inputSchema(inputOf(others)),
  };
}

/** True for a call that lets another agent go on. An agent without others has no such tool. */
export function isHandOver(call: ToolCall, { agent }: AtWork, agents: readonly Agent[]): boolean {
  return call.name === handOver && colleagues(agent, agents).length > 0;
}

/** The result of hand-overs: who is at work now, an answer to each, and a line for the person when it is somebody else. */
export interface HandedOver {
  readonly atWork: AtWork;
  readonly results: readonly { readonly id: string; readonly text: string }[];
  readonly line?: string;
}

/** Answers the hand-overs of one reply. The first valid one counts. */
export function answerHandOvers(
  calls: readonly ToolCall[],
  before: AtWork,
  agents: readonly Agent[],
): HandedOver {
  return calls.reduce<HandedOver>(
    (handed, { id, input }) => {
      const { atWork, results } = handed;
      const { text, ...more } = answerOne(input, before, atWork, agents);
      return { ...handed, ...more, results: [...results, { id, text }] };
    },
    { atWork: before, results: [] },
  );
}

function answerOne(
  input: unknown,
  before: AtWork,
  { agent, handOvers }: AtWork,
  agents: readonly Agent[],
): { readonly text: string; readonly atWork?: AtWork; readonly line?: string } {
  if (agent !== before.agent)
    return { text: `${asName(agent.name)} goes on already. Only one agent is at work at a time.` };
  if (handOvers >= mostHandOvers)
    return {
      text: `This conversation was handed over ${mostHandOvers} times in this answer. Answer with what is known, and say what is missing.`,
    };
  const others = colleagues(agent, agents);
  const decoded = inputOf(others).safeParse(input);
  if (!decoded.success)
    return {
      text: `${asName(agent.name)} can hand over to ${others.map(({ name }) => asName(name)).join(', ')}, with what is to be done (task) and why (because): ${problemsOf(decoded.error)}.`,
    };
  const { to, because } = decoded.data;
  const next = others.find(({ name }) => name === to) ?? agent;
  return {
    text: `You are ${asName(next.name)} now. Do the task that you were handed; what was said and found so far still holds.`,
    atWork: { agent: next, handOvers: handOvers + 1 },
    line: `*${sentence(asName(next.name))} goes on: ${phrase(because, 200)}*`,
  };
}

function problemsOf(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => `${asName(path.join('.'))}: ${phrase(message, 200)}`)
    .join('; ');
}

function colleagues({ handsOffTo }: Agent, agents: readonly Agent[]): readonly Agent[] {
  return agents.filter(({ name }) => handsOffTo.includes(name));
}

function inputOf(others: readonly Agent[]) {
  return z.strictObject({
    to: z.enum(others.map(({ name }) => name)).describe('The agent that is to go on.'),
    task: z.string().min(1).max(2000).describe('What it is to do, in one or two sentences, with ids.'),
    because: z.string().min(1).max(500).describe('Why, in a few words; the person reads it.'),
  });
}
