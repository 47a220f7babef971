import { type Concept, conceptsOf, isFiller } from './lexicon.ts';
import { findNamed, type Named } from './findNamed.ts';
import { withoutFrames } from './frames.ts';
import type { Known } from './known.ts';
import { readWords, type Word } from './readWords.ts';

/** A sentence taken apart. */
export interface Parts {
  /** Without courtesy and what only leads to what is wanted. */
  readonly text: string;
  readonly words: readonly Word[];
  readonly named: readonly Named[];
  /** What the words stand for that name nothing. */
  readonly concepts: ReadonlySet<Concept>;
  /** Words that name nothing and stand for nothing. */
  readonly others: readonly Word[];
}

/** Kinds of things of which a name may be any word, which then still stands for what it does. */
const loosely: readonly Named['kind'][] = ['task', 'bucket', 'parameter'];

const courtesy = /^(?:please|pls|plz|bitte|mal|doch|kindly)$/;

/** Takes a sentence apart: what exists and is named in it, and what its other words stand for. */
export function partsOf(sentence: string, known: Known): Parts {
  const text = withoutFrames(sentence);
  const words = readWords(text).filter((word) => word.quoted || !courtesy.test(word.text));
  const named = findNamed(words, known);
  const isNamed = (index: number) =>
    named.some(({ kind, from, to }) => !loosely.includes(kind) && index >= from && index < to);
  const rest = words.filter((_, index) => !isNamed(index));
  const soft = (word: Word) => named.some(({ from, to }) => words.slice(from, to).includes(word));
  return {
    text,
    words,
    named,
    concepts: new Set([
      ...rest.flatMap((word) => (word.quoted ? [] : conceptsOf(word.text))),
      ...named.flatMap(({ kind }): readonly Concept[] => (kind === 'parameter' ? ['parameter'] : [])),
    ]),
    others: rest.filter(
      (word) => !soft(word) && (word.quoted || (!isFiller(word.text) && conceptsOf(word.text).length === 0)),
    ),
  };
}

/** The names of a kind that a sentence has. */
export function namesIn(parts: Parts, kind: 'pipeline' | 'run' | 'task' | 'bucket'): readonly string[] {
  return parts.named.flatMap((one) => (one.kind === kind ? [one.name] : []));
}
