import type { Focus } from '../domain/focus.ts';
import type { CallMentions } from '../domain/mention.ts';
import type { LanguageModel, ToolCall, ToolOffer } from '../ports/languageModel.ts';
import { isCancelled, MlopsError, toMlopsError } from '../ports/mlopsError.ts';
import type { Exchange, RenderPrompt, Round } from '../ports/promptRenderer.ts';
import { asName } from '../text/literal.ts';
import { redact } from '../text/redact.ts';
import type { Tool } from '../tools/tool.ts';
import type { Agent } from './agents.ts';
import { answerCalls, type CallDeps, offer } from './answerCalls.ts';
import { focusBlock } from './focus.ts';
import { answerHandOvers, type AtWork, handOverOffer, isHandOver } from './handOver.ts';

/** One turn: the person's sentence with what came before. */
export interface Turn {
  /** Who begins. */
  readonly agent: Agent;
  /** Every agent; the one at work may hand over to others of them. */
  readonly agents: readonly Agent[];
  readonly person: string;
  readonly focus: Focus;
  readonly history: readonly Exchange[];
  /** What the sentence came with, fitted and marked as data. */
  readonly attached?: string;
}

/** What a conversation needs. `say` streams the answer's Markdown. */
export interface ConverseDeps extends CallDeps {
  readonly model: LanguageModel;
  readonly render: RenderPrompt;
  readonly tools: readonly Tool[];
  readonly say: (markdown: string) => void;
  /** Names of the connections, where there are several. */
  readonly places?: readonly string[];
  /** Most requests to the model within this turn, 1 or more. */
  readonly maxRounds: number;
}

/** How a turn ended, and what it named. */
export interface Answer {
  readonly ended: 'answered' | 'roundLimit' | 'cancelled';
  /** What was said after the last call; empty when the turn ended before. */
  readonly text: string;
  /** What each call named, in the order in which they were made. */
  readonly named: readonly CallMentions[];
  readonly rounds: readonly Round[];
  /** True when something was not started because it changed after the person had been asked. */
  readonly changed: boolean;
  /** The agent that was at work in the end. */
  readonly agent: Agent;
}

/**
 * Carries out one turn: asks the model, runs the calls it makes, gives it the results or the errors, until it answers.
 * An agent may let another one go on: then the next request has that one's charter and tools, and all that was found.
 * A broken-off answer is asked for again once. Cancelling ends the turn quietly. Throws MlopsError when the model fails.
 */
export async function converse(turn: Turn, deps: ConverseDeps, signal: AbortSignal): Promise<Answer> {
  const rounds: Round[] = [];
  const named: CallMentions[] = [];
  const done = new Map<string, string>();
  let atWork: AtWork = { agent: turn.agent, handOvers: 0 };
  let retries = 1;
  let changed = false;
  const ended = (how: Answer['ended'], text = ''): Answer => ({
    ended: how,
    text,
    named,
    rounds,
    changed,
    agent: atWork.agent,
  });
  try {
    for (let asked = 0; asked < deps.maxRounds; asked += 1) {
      const reply = await ask(turn, atWork, rounds, deps, signal);
      if (reply.broken !== undefined) {
        if (retries === 0) throw reply.broken;
        retries -= 1;
        if (reply.text !== '') deps.say('\n\n*The answer broke off; asking again.*\n\n');
        continue;
      }
      if (reply.calls.length === 0) return ended('answered', reply.text);
      const handing = reply.calls.filter((call) => isHandOver(call, atWork, turn.agents));
      const calls = reply.calls.filter((call) => !handing.includes(call));
      const answered = await answerCalls(calls, toolsOf(atWork, deps), done, deps, signal);
      const handed = answerHandOvers(handing, atWork, turn.agents);
      named.push(...answered.named);
      changed ||= answered.changed;
      rounds.push({
        text: reply.text,
        calls: reply.calls,
        results: inOrder(reply.calls, handing, answered.results, handed.results),
      });
      atWork = handed.atWork;
      if (reply.text !== '') deps.say('\n\n');
      if (handed.line !== undefined) deps.say(`${handed.line}\n\n`);
    }
  } catch (error) {
    if (isCancelled(error) || signal.aborted) return ended('cancelled');
    throw toMlopsError(error);
  }
  deps.say(`\n\nI stopped after asking the model ${deps.maxRounds} times. Say "go on" to continue.`);
  return ended('roundLimit');
}

const toolsOf = ({ agent }: AtWork, { tools }: ConverseDeps) => tools.filter(agent.tools);

/** Results in the order of the calls: those of hand-overs among the others. */
function inOrder(
  calls: readonly ToolCall[],
  handing: readonly ToolCall[],
  ofTools: Round['results'],
  ofHandOvers: Round['results'],
): Round['results'] {
  const [tools, handOvers] = [ofTools.values(), ofHandOvers.values()];
  return calls.flatMap((call) => (handing.includes(call) ? handOvers : tools).next().value ?? []);
}

/** What the agent at work may call. */
function offers(atWork: AtWork, { agents }: Turn, deps: ConverseDeps): readonly ToolOffer[] {
  const own = toolsOf(atWork, deps).map((tool) => offer(tool, deps.places));
  const handing = deps.model.callsTools ? handOverOffer(atWork, agents) : undefined;
  return handing === undefined ? own : [...own, handing];
}

interface Reply {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  /** Set when the answer broke off or is empty. Calls of a broken answer are not run. */
  readonly broken?: Error;
}

async function ask(
  turn: Turn,
  atWork: AtWork,
  rounds: readonly Round[],
  deps: ConverseDeps,
  signal: AbortSignal,
): Promise<Reply> {
  const messages = await deps.render(
    {
      charter: atWork.agent.charter,
      focus: focusBlock(turn.focus),
      history: turn.history.map(({ person, answer }) => ({ person: redact(person), answer: redact(answer) })),
      attached: turn.attached ?? '',
      person: turn.person,
      rounds,
    },
    signal,
  );
  let text = '';
  const calls: ToolCall[] = [];
  try {
    for await (const part of deps.model.send(messages, offers(atWork, turn, deps), signal)) {
      signal.throwIfAborted();
      if (part.kind === 'call') calls.push(part.call);
      else {
        text += part.text;
        deps.say(part.text);
      }
    }
  } catch (error) {
    if (isCancelled(error) || signal.aborted || !mayBeTransient(error)) throw error;
    return { text, calls, broken: toMlopsError(error) };
  }
  return text === '' && calls.length === 0
    ? { text, calls, broken: silent(deps.model.name) }
    : { text, calls };
}

/** A model that refuses will refuse again; one whose connection broke may not. */
function mayBeTransient(error: unknown): boolean {
  return ['unreachable', 'timeout', 'internal'].includes(toMlopsError(error).kind);
}

function silent(model: string): Error {
  return new MlopsError('internal', `${asName(model)} answered with nothing.`, {
    hint: 'Ask again, or pick another model.',
  });
}
