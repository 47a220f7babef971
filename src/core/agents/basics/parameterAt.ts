import type { Parameter } from '../../domain/pipeline.ts';
import { folded, simple } from './known.ts';
import { isFiller, isNear, isWord } from './lexicon.ts';
import type { Word } from './readWords.ts';
import { between, choicesOf } from './valueOf.ts';

/** A parameter, and how many words name it. */
export interface Found {
  readonly parameter: Parameter;
  readonly length: number;
}

/** The parameter that the words begin with: by its name, a word of its name, a word of its description, or nearly its name. */
export function parameterAt(words: readonly Word[], parameters: readonly Parameter[]): Found | undefined {
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

const isDescribedBy: Fits = (parameter, words) => {
  const text = joined(words);
  return (
    mayDescribe(parameter, words) &&
    `-${partsOf(parameter.description ?? '').join('-')}-`.includes(`-${text}-`)
  );
};

const isAboutOne: Fits = (parameter, words) =>
  mayDescribe(parameter, words) &&
  partsOf(parameter.description ?? '').some((part) => samePart(part, joined(words)));

/** A word that is a value of the parameter, or one of ours, does not stand for the parameter itself. */
const mayDescribe: Fits = (parameter, words) => {
  const text = joined(words);
  const isValue = words.some((word) => choicesOf(parameter).includes(word.text));
  return text.length > 3 && !isWord(text) && !isValue;
};

const isNearly: Fits = ({ name }, words) =>
  !between.has(joined(words)) && isNear(simple(name), joined(words));

/** "tree" and "trees" are the same. */
const samePart = (a: string, b: string) => a === b || `${a}s` === b || a === `${b}s`;
