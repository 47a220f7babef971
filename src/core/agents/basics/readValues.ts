import type { Parameter } from '../../domain/pipeline.ts';
import { isNear, isWord } from './lexicon.ts';
import { parameterAt } from './parameterAt.ts';
import type { Word } from './readWords.ts';
import { between, choicesOf, valueOf } from './valueOf.ts';

/** Values by the name of their parameter, as texts: what they are depends on the type, which decides later. */
export type Values = { readonly [name: string]: string };

/**
 * Reads the words of an order as values of a pipeline's parameters: "max_depth 3", "200 trees", "a sigmoid kernel",
 * "shuffle off". Undefined when a word is left that is no part of a value.
 */
export function readValues(words: readonly Word[], parameters: readonly Parameter[]): Values | undefined {
  const values = new Map<string, string>();
  let rest = words;
  while (rest.length > 0) {
    const free = parameters.filter(({ name }) => !values.has(name));
    const read =
      nameFirst(rest, free) ?? valueFirst(rest, free) ?? choiceAlone(rest, free) ?? negated(rest, free);
    if (read !== undefined) values.set(read.name, read.value);
    else if (!isBetween(rest[0])) return undefined;
    rest = rest.slice(read?.length ?? 1);
  }
  return Object.fromEntries(values);
}

/** Whether a word only leads to what follows; "with" may have a letter wrong. */
function isBetween(word: Word | undefined): word is Word {
  return word !== undefined && (between.has(word.text) || isNear(word.text, 'with'));
}

interface Reading {
  readonly name: string;
  readonly value: string;
  /** How many words it takes. */
  readonly length: number;
}

type Read = (words: readonly Word[], parameters: readonly Parameter[]) => Reading | undefined;

/** "max_depth 3", "max depth of 3", "C = 10", "shuffle". */
const nameFirst: Read = (words, parameters) => {
  const named = parameterAt(words, parameters);
  if (named === undefined) return undefined;
  let at = named.length;
  while (between.has(words[at]?.text ?? '') && at < words.length - 1) at += 1;
  const word = words[at];
  const value = word && valueOf(word, named.parameter);
  if (value !== undefined) return { name: named.parameter.name, value, length: at + 1 };
  return named.parameter.type === 'boolean'
    ? { name: named.parameter.name, value: 'true', length: named.length }
    : undefined;
};

/** "200 trees", "sigmoid kernel", "a depth of 5" read from its value. */
const valueFirst: Read = (words, parameters) => {
  const [first] = words;
  const named = parameterAt(words.slice(1), parameters);
  if (first === undefined || named === undefined) return undefined;
  // Text that may be anything stands after its name, but for a word that has no meaning of its own.
  const { type, choices } = named.parameter;
  const isOpen = type === 'string' && choices === undefined && !first.quoted && isWord(first.text);
  const value = isOpen ? undefined : valueOf(first, named.parameter);
  return value === undefined ? undefined : { name: named.parameter.name, value, length: 1 + named.length };
};

/** "using entropy": a value that only one parameter has among its choices, or among those that its description lists. */
const choiceAlone: Read = ([word], parameters) => {
  if (word === undefined) return undefined;
  const [only, ...others] = parameters.filter((one) => choicesOf(one).includes(word.text));
  const value = only && others.length === 0 ? valueOf(word, only) : undefined;
  return only === undefined || value === undefined ? undefined : { name: only.name, value, length: 1 };
};

/** "without shuffle", "no shuffle". */
const negated: Read = ([no, ...words], parameters) => {
  if (!/^(?:without|no|not|ohne|kein|keine)$/.test(no?.text ?? '')) return undefined;
  const named = parameterAt(words, parameters);
  return named?.parameter.type === 'boolean'
    ? { name: named.parameter.name, value: 'false', length: 1 + named.length }
    : undefined;
};
