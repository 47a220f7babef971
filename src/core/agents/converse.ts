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
import { doneLine } from './doneLine.ts';
import { focusBlock } from './focus.ts';
import { answerHandOvers, type AtWork, handOverOffer, isHandOver } from './handOver.ts';
import { answerMoreTools, isMoreTools, offeredTools } from './moreTools.ts';
import { printedCalls } from './printedCalls.ts';
import { remark } from './remark.ts';
import { TurnCalls } from './turnCalls.ts';

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
  /** What day it is, in a line. */
  readonly today?: string;
  /** The rounds of the last turn, where this one goes on with it. */
  readonly earlier?: readonly Round[];
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
  /** Those that it went on with, too. */
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
  const rounds = [...(turn.earlier ?? [])];
  const hasRead = rounds.length > 0 || (turn.attached ?? '') !== '';
  const talk: Talk = {
    ...{ rounds, named: [], calls: new TurnCalls(turn.person, hasRead), retries: 1, changed: false },
    atWork: { agent: turn.agent, handOvers: 0 },
  };
  const ended = (how: Answer['ended'], text = ''): Answer => ({
    ended: how,
    text,
    named: talk.named,
    rounds,
    changed: talk.changed,
    agent: talk.atWork.agent,
  });
  try {
    for (let asked = 0; asked < deps.maxRounds; asked += 1) {
      const text = await answers(turn, talk, deps, signal);
      if (text !== undefined) return ended('answered', text);
    }
  } catch (error) {
    if (isCancelled(error) || signal.aborted) return ended('cancelled');
    sayUnder(doneLine(talk.calls.deeds, ''), deps);
    throw toMlopsError(error);
  }
  sayUnder(doneLine(talk.calls.deeds, ''), deps);
  deps.say(`\n\nI stopped after asking the model ${deps.maxRounds} times. Say "go on" to continue.`);
  return ended('roundLimit');
}

/** A turn on its way. */
interface Talk {
  readonly rounds: Round[];
  readonly named: CallMentions[];
  readonly calls: TurnCalls;
  atWork: AtWork;
  /** How often a broken-off answer is asked for again. */
  retries: number;
  changed: boolean;
}

/** One request to the model. Gives the text of its answer; undefined when its calls were run instead. */
async function answers(
  turn: Turn,
  talk: Talk,
  deps: ConverseDeps,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { rounds, atWork } = talk;
  const reply = await ask(turn, talk, deps, signal);
  if (reply.broken !== undefined) {
    if (talk.retries === 0) throw reply.broken;
    talk.retries -= 1;
    if (reply.text !== '') deps.say('\n\n*The answer broke off; asking again.*\n\n');
    return undefined;
  }
  if (reply.calls.length === 0) {
    const { model, tools } = deps;
    const claims = model.byRules !== true;
    if (claims) sayUnder(remark({ ...turn, tools, rounds, deeds: talk.calls.deeds }, reply.text), deps);
    return reply.text;
  }
  const tools = toolsOf(atWork, deps);
  const handing = reply.calls.filter((call) => isHandOver(call, atWork, turn.agents));
  const asking = reply.calls.filter(isMoreTools);
  const calls = reply.calls.filter((call) => !handing.includes(call) && !asking.includes(call));
  const answered = await answerCalls(calls, tools, talk.calls, deps, signal);
  const handed = answerHandOvers(handing, atWork, turn.agents);
  const more = asking.map((call) => answerMoreTools(call, tools));
  talk.named.push(...answered.named);
  talk.changed ||= answered.changed;
  rounds.push({
    text: reply.text,
    calls: reply.calls,
    results: inOrder(reply.calls, [
      [calls, answered.results],
      [handing, handed.results],
      [asking, more],
    ]),
  });
  talk.atWork = handed.atWork;
  if (reply.text !== '') deps.say('\n\n');
  if (handed.line !== undefined) deps.say(`${handed.line}\n\n`);
  return undefined;
}

function sayUnder(line: string, { say }: ConverseDeps): void {
  if (line !== '') say(`\n\n*${line}*`);
}

const toolsOf = ({ agent }: AtWork, { tools }: ConverseDeps) => tools.filter(agent.tools);

/** Results in the order of the calls, from what answered each kind of call in turn. */
function inOrder(
  calls: readonly ToolCall[],
  kinds: readonly (readonly [kind: readonly ToolCall[], results: Round['results']])[],
): Round['results'] {
  const answers = kinds.map(([kind, results]) => [kind, results.values()] as const);
  return calls.flatMap((call) => answers.find(([kind]) => kind.includes(call))?.[1].next().value ?? []);
}

/** What the agent at work may call in the next request. */
function offers(turn: Turn, { atWork, rounds }: Talk, deps: ConverseDeps): readonly ToolOffer[] {
  const { model, places = [] } = deps;
  const tools = toolsOf(atWork, deps);
  if (model.byRules === true) return tools.map((tool) => offer(tool, places));
  const handing = model.callsTools ? handOverOffer(atWork, turn.agents) : undefined;
  return [...offeredTools(tools, { ...turn, rounds, places }), ...(handing === undefined ? [] : [handing])];
}

interface Reply {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  /** Set when the answer broke off or is empty. Calls of a broken answer are not run. */
  readonly broken?: Error;
}

async function ask(turn: Turn, talk: Talk, deps: ConverseDeps, signal: AbortSignal): Promise<Reply> {
  const { rounds, atWork } = talk;
  const tools = offers(turn, talk, deps);
  const messages = await deps.render(
    {
      charter: atWork.agent.charter,
      today: turn.today ?? '',
      focus: focusBlock(turn.focus),
      history: turn.history.map(({ person, answer }) => ({ person: redact(person), answer: redact(answer) })),
      attached: turn.attached ?? '',
      person: turn.person,
      rounds,
      tools,
    },
    signal,
  );
  const printed = printedCalls(
    [...tools, ...toolsOf(atWork, deps)],
    [turn.attached ?? '', ...readIn(rounds)],
  );
  let text = '';
  const calls: ToolCall[] = [];
  const say = (part: string) => {
    text += part;
    if (part !== '') deps.say(part);
  };
  try {
    for await (const part of deps.model.send(messages, tools, signal)) {
      signal.throwIfAborted();
      if (part.kind === 'call') calls.push(part.call);
      else say(printed.push(part.text));
    }
  } catch (error) {
    if (isCancelled(error) || signal.aborted || !mayBeTransient(error)) throw error;
    return { text, calls, broken: toMlopsError(error) };
  }
  const rest = printed.end();
  say(rest.text);
  calls.push(...rest.calls.map((call, index) => ({ ...call, id: `printed-${rounds.length}-${index}` })));
  return text === '' && calls.length === 0
    ? { text, calls, broken: silent(deps.model.name) }
    : { text, calls };
}

const readIn = (rounds: readonly Round[]) => rounds.flatMap(({ results }) => results.map(({ text }) => text));

/** A model that refuses will refuse again; one whose connection broke may not. */
function mayBeTransient(error: unknown): boolean {
  return ['unreachable', 'timeout', 'internal'].includes(toMlopsError(error).kind);
}

function silent(model: string): Error {
  return new MlopsError('internal', `${asName(model)} answered with nothing.`, {
    hint: 'Ask again, or pick another model.',
  });
}
