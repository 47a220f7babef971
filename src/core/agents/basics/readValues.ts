import type { Json } from '../../domain/json.ts';
import { own } from '../../domain/own.ts';
import type { Parameter, ParameterType } from '../../domain/pipeline.ts';
import { isFiller, isNear, isWord } from './lexicon.ts';
import { folded, simple } from './known.ts';
import type { Word } from './readWords.ts';

/** Values by the name of their parameter, as texts: what they are depends on the type, which decides later. */
export type Values = { readonly [name: string]: string };

/** Words between a parameter and its value, and between two of them. */
const between = new Set(
  'with using use where and but mit und aber set to = of on at as is be for in a an the der die das den dem auf von fuer ein eine einen einem parameter parameters value values setting settings wert werte werten number anzahl only nur'.split(
    ' ',
  ),
);

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

/** "using entropy": a value that only one parameter has among its choices. */
const choiceAlone: Read = ([word], parameters) => {
  if (word === undefined) return undefined;
  const [only, ...others] = parameters.filter(({ choices = [] }) =>
    choices.some((choice) => folded(textOf(choice)) === word.text),
  );
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

interface Found {
  readonly parameter: Parameter;
  readonly length: number;
}

/** The parameter that the words begin with: by its name, a word of its name, a word of its description, or nearly its name. */
function parameterAt(words: readonly Word[], parameters: readonly Parameter[]): Found | undefined {
  for (const fits of [isCalled, isPartOf, isDescribedBy, isAboutOne, isNearly])
    for (const length of [4, 3, 2, 1]) {
      const text = words.slice(0, length);
      if (text.length < length) continue;
      const [parameter, ...others] = parameters.filter((one) => fits(one, text));
      if (parameter !== undefined && others.length === 0) return { parameter, length };
    }
  return undefined;
}

type Fits = (parameter: Parameter, words: readonly Word[]) => boolean;

const joined = (words: readonly Word[]) => simple(words.map(({ raw }) => raw).join(' '));

/** A name of one letter is written as it is: "a" is no parameter `A`. */
const isCalled: Fits = ({ name }, words) =>
  name.length === 1 && isFiller(name.toLowerCase())
    ? words.length === 1 && words[0]?.raw === name
    : simple(name) === joined(words);

const partsOf = (text: string) => text.split(/[^\p{L}\p{N}]+/u).map(folded);

const isPartOf: Fits = ({ name }, words) => {
  const text = joined(words);
  return text.length > 2 && partsOf(name).some((part) => samePart(part, text));
};

const isDescribedBy: Fits = ({ description = '' }, words) => {
  const text = joined(words);
  return text.length > 3 && !isWord(text) && `-${partsOf(description).join('-')}-`.includes(`-${text}-`);
};

const isAboutOne: Fits = ({ description = '' }, words) => {
  const text = joined(words);
  return text.length > 3 && !isWord(text) && partsOf(description).some((part) => samePart(part, text));
};

const isNearly: Fits = ({ name }, words) =>
  !between.has(joined(words)) && isNear(simple(name), joined(words));

/** "tree" and "trees" are the same. */
const samePart = (a: string, b: string) => a === b || `${a}s` === b || a === `${b}s`;

const truths: { readonly [word: string]: string } = {
  ...Object.fromEntries(['true', 'on', 'yes', 'an', 'ja'].map((word) => [word, 'true'])),
  ...Object.fromEntries(['false', 'off', 'no', 'aus', 'nein'].map((word) => [word, 'false'])),
};

const textOf = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));

/** A word as a value of a parameter; undefined when it cannot be one. */
function valueOf(word: Word, { type, choices }: Parameter): string | undefined {
  if (choices === undefined) return readers[type](word);
  const choice = choices.find((one) => folded(textOf(one)) === word.text);
  return choice === undefined ? undefined : textOf(choice);
}

const numbers: { readonly [word: string]: string } = Object.fromEntries(
  [
    'zero one two three four five six seven eight nine ten eleven twelve',
    'null eins zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf',
  ].flatMap((list) => list.split(' ').map((word, number) => [word, `${number}`] as const)),
);

const json = ({ raw }: Word) => (/^[[{].*[\]}]$/s.test(raw) ? raw : undefined);

const readers: { readonly [type in ParameterType]: (word: Word) => string | undefined } = {
  integer: ({ raw, text }) => (/^[-+]?\d+$/.test(raw) ? raw : own(numbers, text)),
  number: ({ raw }) => (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(raw) ? raw : undefined),
  boolean: ({ text }) => own(truths, text),
  string: ({ raw, text, quoted }) => (quoted || !between.has(text) ? raw : undefined),
  list: json,
  struct: json,
};
