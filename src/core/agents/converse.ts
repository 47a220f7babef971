import type { Focus } from '../domain/focus.ts';
import type { Mention } from '../domain/mention.ts';
import type { LanguageModel, ToolCall } from '../ports/languageModel.ts';
import { isCancelled, MlopsError, toMlopsError } from '../ports/mlopsError.ts';
import type { Exchange, RenderPrompt, Round } from '../ports/promptRenderer.ts';
import { asName } from '../text/literal.ts';
import { redact } from '../text/redact.ts';
import type { Tool } from '../tools/tool.ts';
import type { Agent } from './agents.ts';
import { answerCalls, type CallDeps, offer } from './answerCalls.ts';
import { focusBlock } from './focus.ts';

/** One turn: the person's sentence with what came before. */
export interface Turn {
  readonly agent: Agent;
  readonly person: string;
  readonly focus: Focus;
  readonly history: readonly Exchange[];
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
  readonly mentions: readonly Mention[];
  readonly rounds: readonly Round[];
  /** True when something was not started because it changed after the person had been asked. */
  readonly changed: boolean;
}

/**
 * Carries out one turn: asks the model, runs the calls it makes, gives it the results or the errors, until it answers.
 * A broken-off answer is asked for again once. Cancelling ends the turn quietly. Throws MlopsError when the model fails.
 */
export async function converse(turn: Turn, deps: ConverseDeps, signal: AbortSignal): Promise<Answer> {
  const rounds: Round[] = [];
  const mentions: Mention[] = [];
  const tools = deps.tools.filter(turn.agent.uses);
  const done = new Map<string, string>();
  let retries = 1;
  let changed = false;
  try {
    for (let asked = 0; asked < deps.maxRounds; asked += 1) {
      const reply = await ask(turn, rounds, tools, deps, signal);
      if (reply.broken !== undefined) {
        if (retries === 0) throw reply.broken;
        retries -= 1;
        if (reply.text !== '') deps.say('\n\n*The answer broke off; asking again.*\n\n');
        continue;
      }
      if (reply.calls.length === 0) return { ended: 'answered', mentions, rounds, changed };
      const answered = await answerCalls(reply.calls, tools, done, deps, signal);
      mentions.unshift(...answered.mentions);
      changed ||= answered.changed;
      rounds.push({ text: reply.text, calls: reply.calls, results: answered.results });
      if (reply.text !== '') deps.say('\n\n');
    }
  } catch (error) {
    if (isCancelled(error) || signal.aborted) return { ended: 'cancelled', mentions, rounds, changed };
    throw toMlopsError(error);
  }
  deps.say(`\n\nI stopped after asking the model ${deps.maxRounds} times. Say "go on" to continue.`);
  return { ended: 'roundLimit', mentions, rounds, changed };
}

interface Reply {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  /** Set when the answer broke off or is empty. Calls of a broken answer are not run. */
  readonly broken?: Error;
}

async function ask(
  turn: Turn,
  rounds: readonly Round[],
  tools: readonly Tool[],
  deps: ConverseDeps,
  signal: AbortSignal,
): Promise<Reply> {
  const messages = await deps.render(
    {
      charter: turn.agent.charter,
      focus: focusBlock(turn.focus),
      history: turn.history.map(({ person, answer }) => ({ person: redact(person), answer: redact(answer) })),
      person: turn.person,
      rounds,
    },
    signal,
  );
  let text = '';
  const calls: ToolCall[] = [];
  try {
    for await (const part of deps.model.send(
      messages,
      tools.map((tool) => offer(tool, deps.places)),
      signal,
    )) {
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
