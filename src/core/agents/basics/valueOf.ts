import type { Json } from '../../domain/json.ts';
import { own } from '../../domain/own.ts';
import type { Parameter, ParameterType } from '../../domain/pipeline.ts';
import { folded } from './known.ts';
import { isWord } from './lexicon.ts';
import type { Word } from './readWords.ts';

/** Words between a parameter and its value, and between two of them. */
export const between = new Set(
  'with using use where and but mit und aber set to = of on at as is be for in a an the der die das den dem auf von fuer ein eine einen einem parameter parameters value values setting settings wert werte werten number anzahl only nur'.split(
    ' ',
  ),
);

/** The values of a parameter that its choices, its description or its default name. */
export function choicesOf({
  type,
  choices,
  description = '',
  default: fallback,
}: Parameter): readonly string[] {
  if (choices !== undefined) return choices.map((one) => folded(textOf(one)));
  if (type !== 'string') return [];
  const listed = folded(description.slice(0, 500)).match(/[\w-]+(?:, [\w-]+)*,? or [\w-]+/g) ?? [];
  const words = listed.flatMap((list) => list.split(/,? or |, /));
  return [...words, ...(typeof fallback === 'string' ? [folded(fallback)] : [])].filter(
    (one) => !isWord(one),
  );
}

const truths: { readonly [word: string]: string } = {
  ...Object.fromEntries(['true', 'on', 'yes', 'an', 'ja'].map((word) => [word, 'true'])),
  ...Object.fromEntries(['false', 'off', 'no', 'aus', 'nein'].map((word) => [word, 'false'])),
};

const textOf = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));

/** A word as a value of a parameter; undefined when it cannot be one. */
export function valueOf(word: Word, { type, choices }: Parameter): string | undefined {
  if (choices === undefined) return readers[type](word);
  const choice = choices.find((one) => folded(textOf(one)) === word.text);
  return choice === undefined ? undefined : textOf(choice);
}

/** "With another kernel" names no value. */
const vague =
  /^(?:new|another|other|different|better|best|bigger|smaller|larger|higher|lower|more|less|fewer|some|any|nicer|custom|random|that|which|every|each|if|when|while|because|who)$/;

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
  string: ({ raw, text, quoted }) => (quoted || !(between.has(text) || vague.test(text)) ? raw : undefined),
  list: json,
  struct: json,
};
