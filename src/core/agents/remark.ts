import type { Focus } from '../domain/focus.ts';
import type { Exchange, Round } from '../ports/promptRenderer.ts';
import type { Tool } from '../tools/tool.ts';
import type { Agent } from './agents.ts';
import { type Deed, doneLine } from './doneLine.ts';
import { focusBlock } from './focus.ts';
import { hasUnknownFacts, nothingLookedUp } from './lookedUp.ts';

/** What a turn was given and what it did. */
interface AnsweredTurn {
  readonly agent: Agent;
  readonly person: string;
  readonly focus: Focus;
  readonly history: readonly Exchange[];
  readonly attached?: string;
  readonly tools: readonly Tool[];
  readonly rounds: readonly Round[];
  readonly deeds: readonly Deed[];
}

/**
 * What stands under an answer in our words: what was done, or that nothing was looked up for what it claims. Empty for most
 * answers, and where there are no tools, which the person was told.
 */
export function remark(turn: AnsweredTurn, answer: string): string {
  const { deeds, rounds, tools } = turn;
  if (deeds.length > 0) return doneLine(deeds, answer);
  if (rounds.length > 0 || tools.length === 0) return '';
  return hasUnknownFacts(answer, givenIn(turn)) ? nothingLookedUp : '';
}

/** All that a model may repeat without looking anything up. */
function givenIn({ agent, person, focus, history, attached = '', tools }: AnsweredTurn): string {
  return [
    agent.charter,
    person,
    focusBlock(focus),
    attached,
    ...history.flatMap((exchange) => [exchange.person, exchange.answer]),
    ...tools.flatMap((tool) => [tool.modelDescription, ...tool.examples.map(({ say }) => say)]),
  ].join('\n');
}
