import { unreadText } from '../text/someNames.ts';
import { named, type Question, textParagraph } from '../domain/question.ts';
import type { EnvironmentSize } from '../ports/environments.ts';
import type { Freed, Leftover, Leftovers } from '../ports/homeSpace.ts';
import { count } from '../text/markdown.ts';
import { afterColon } from '../text/sentences.ts';
import { sizeText } from './removeQuestion.ts';

const kinds: readonly (readonly [Leftover['kind'], one: string, many: string])[] = [
  ['output', 'part of a task that did not succeed', 'parts of tasks that did not succeed'],
  ['deletedRun', 'rest of a deleted run', 'rests of deleted runs'],
  ['key', 'key of a run that is gone', 'keys of runs that are gone'],
  ['environment', 'environment that no run asked for', 'environments that no run asked for'],
];

/** The question before unused things are removed. */
export function freeQuestion({ items, unreadable }: Leftovers): Question {
  const values = kinds.flatMap(([kind, one, many]) => {
    const those = items.filter((item) => item.kind === kind);
    if (those.length === 0) return [];
    return [[`${count(those.length, one, many)}: ${sizeText(sumOf(those.map(({ size }) => size)))}`]];
  });
  const all = `${count(items.length, 'thing')} with ${sizeText(sumOf(items.map(({ size }) => size)))}`;
  const again = items.some(({ kind }) => kind === 'environment')
    ? ' A run that needs an environment builds it again: about 30 s, over the network.'
    : '';
  return {
    title: [`Remove ${all}?`],
    verb: 'Remove',
    paragraphs: [
      { kind: 'values', label: 'What nothing names', lines: values },
      textParagraph(`What an active run may use stays.${again}`),
      ...(unreadable.length === 0 ? [] : [unreadParagraph(unreadable)]),
    ],
  };
}

/** The result of a search that found nothing, with the folders that could not be read. */
export function nothingText(unreadable: readonly string[]): string {
  const nothing = 'There is nothing to free: everything is named by a run or by the cache.';
  return unreadable.length === 0 ? nothing : `Nothing to free was found. ${unreadText(unreadable)}`;
}

/** What was freed, in words. */
export function freedText({ items, kept }: Freed): string {
  const freed = `Freed ${sizeText(sumOf(items.map(({ size }) => size)))} (${count(items.length, 'thing')}).`;
  const [first] = kept;
  if (first === undefined) return freed;
  return `${freed} ${count(kept.length, 'thing')} stayed; the first: ${afterColon(first.why).replace(/\.$/, '')}.`;
}

export function sumOf(sizes: readonly EnvironmentSize[]): EnvironmentSize {
  const bytes = sizes.reduce((sum, size) => sum + size.bytes, 0);
  return { bytes, complete: sizes.every(({ complete }) => complete) };
}

function unreadParagraph(unreadable: readonly string[]) {
  const lines = unreadable.map((place) => [named(place)]);
  return { kind: 'list', label: 'Could not be looked into', lines } as const;
}
