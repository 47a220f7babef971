import type { Exchange, PromptSections, Result, Round } from '../ports/promptRenderer.ts';
import { cutText } from '../text/cutText.ts';
import { count } from '../text/markdown.ts';

/** A model's window. */
export interface Window {
  readonly maxTokens: number;
  /** Tokens of a text, rather too many than too few. */
  readonly tokensOf: (text: string) => number;
}

/** What roles and separators take of each message, in tokens. */
const frame = 8;
/** The line that stands for a result of which nothing fits. */
const shortest = 80;
/** What a window gives in any case, so that a sentence of any length gets an answer or the model's own error. */
const leastRoom = 1000;

/** What is kept free for the answer: an eighth of the window, at most 2000 tokens. */
export const roomForAnswer = ({ maxTokens }: Window) => Math.min(2000, Math.floor(maxTokens / 8));

/** What the sections that always stay leave of a window, without the room for the answer. */
export function roomBeside(
  sections: Pick<PromptSections, 'charter' | 'today' | 'focus' | 'person' | 'tools'>,
  window: Window,
): number {
  const { charter, today, focus, person, tools } = sections;
  const texts = [charter, today, focus, person, ...tools.map((tool) => JSON.stringify(tool))];
  const taken = texts.reduce((sum, text) => sum + window.tokensOf(text) + frame, 0);
  return Math.max(leastRoom, window.maxTokens - roomForAnswer(window) - taken);
}

/**
 * The sections as they fit a window: results of this turn from the newest, then attachments, then history from the newest. What
 * has to be cut is cut by whole lines and says so.
 */
export function fitSections(sections: PromptSections, window: Window): PromptSections {
  const { tokensOf } = window;
  const room = roomBeside(sections, window);
  const { rounds, left } = fitRounds(sections.rounds, room, tokensOf);
  const most = Math.max(shortest, left - frame);
  const attached = cutText(sections.attached, { most, sizeOf: tokensOf });
  const afterAttached = left - (attached === '' ? 0 : tokensOf(attached) + frame);
  return { ...sections, rounds, attached, history: fitHistory(sections.history, afterAttached, tokensOf) };
}

type SizeOf = Window['tokensOf'];

/** A turn's rounds as there is room for them, and the room that they leave. */
export function fitRounds(
  rounds: readonly Round[],
  room: number,
  sizeOf: SizeOf,
): { readonly rounds: readonly Round[]; readonly left: number } {
  const [kept, dropped] = withRoomToStand(rounds, room, sizeOf);
  const line = dropped === 0 ? 0 : shortest;
  let left = room - line - kept.reduce((sum, round) => sum + leastOf(round, sizeOf), 0);
  const fitted = kept.toReversed().map((round) => {
    const made = fitRound(round, left, sizeOf);
    left -= made.took;
    return made.round;
  });
  return { rounds: sayDropped(fitted.toReversed(), dropped), left: Math.max(0, left) };
}

/**
 * All rounds where they fit whole; else the newest, as far as their calls take no more than half of the room, so that there is
 * room for what they brought; and how many results go with the others.
 */
function withRoomToStand(
  rounds: readonly Round[],
  room: number,
  sizeOf: SizeOf,
): [readonly Round[], dropped: number] {
  const whole = (sum: number, round: Round) => sum + leastOf(round, sizeOf, Infinity);
  if (rounds.reduce(whole, 0) <= room) return [rounds, 0];
  let left = room / 2;
  const first = rounds.findLastIndex((round, index) => {
    left -= leastOf(round, sizeOf);
    return left < 0 && index < rounds.length - 1;
  });
  const dropped = rounds.slice(0, first + 1);
  return [rounds.slice(first + 1), dropped.reduce((sum, { results }) => sum + results.length, 0)];
}

/** What a round takes where no result may take more than `most`: when nothing of the longer ones fits, if not said otherwise. */
function leastOf({ text, calls, results }: Round, sizeOf: SizeOf, most = shortest): number {
  const said = sizeOf(text) + sizeOf(JSON.stringify(calls)) + frame;
  return results.reduce((sum, result) => sum + Math.min(most, sizeOf(result.text)) + frame, said);
}

/** The results of one round share what is left: the short ones come whole, and the long ones get equal parts of the rest. */
function fitRound(
  round: Round,
  room: number,
  sizeOf: SizeOf,
): { readonly round: Round; readonly took: number } {
  const texts = new Map<Result, string>();
  const fromShort = round.results.toSorted((a, b) => sizeOf(a.text) - sizeOf(b.text));
  let left = room;
  for (const [index, result] of fromShort.entries()) {
    const least = Math.min(shortest, sizeOf(result.text));
    const most = least + Math.floor(left / (fromShort.length - index));
    const text = cutText(result.text, { most, sizeOf }, result.cut);
    left -= Math.max(0, sizeOf(text) - least);
    texts.set(result, text);
  }
  const results = round.results.map((result) => ({ ...result, text: texts.get(result) ?? '' }));
  return { round: { ...round, results }, took: room - left };
}

/** Says in the first result that others came before it. */
function sayDropped(rounds: readonly Round[], dropped: number): readonly Round[] {
  const [first, ...others] = rounds;
  const [result, ...more] = first?.results ?? [];
  if (dropped === 0 || first === undefined || result === undefined) return rounds;
  const line = `(${count(dropped, 'earlier result')} of this answer ${dropped === 1 ? 'is' : 'are'} left out: there was no room.)`;
  return [{ ...first, results: [{ ...result, text: [line, result.text].join('\n\n') }, ...more] }, ...others];
}

/** The newest exchanges that fit whole. */
function fitHistory(history: readonly Exchange[], room: number, sizeOf: SizeOf): readonly Exchange[] {
  const sizes = history.map(({ person, answer }) => sizeOf(person) + sizeOf(answer) + 2 * frame);
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  if (whole <= room) return history;
  let left = room - shortest;
  const first = sizes.findLastIndex((size) => (left -= size) < 0);
  const omitted = `(${count(first + 1, 'earlier exchange')} of this conversation ${first === 0 ? 'is' : 'are'} left out: there was no room.)`;
  return [{ person: omitted, answer: '' }, ...history.slice(first + 1)];
}
