import { own } from '../../domain/own.ts';
import { isNear, isWord } from './lexicon.ts';
import type { Word } from './readWords.ts';
import type { Parts } from './sentenceParts.ts';

/** What an order is for. */
export type Verb = 'run' | 'again' | 'stop' | 'delete' | 'install';

/** Words that begin an order, or in German end one. */
const verbs: readonly (readonly [Verb, readonly string[]])[] = [
  [
    'run',
    'run start launch execute train try trigger begin starte beginne starten trainiere trainieren fuehre ausfuehren lass laufen'.split(
      ' ',
    ),
  ],
  ['again', 'rerun restart repeat redo retry wiederhole wiederholen'.split(' ')],
  ['stop', 'stop cancel abort terminate kill halt stoppe stoppen beende beenden brich abbrechen'.split(' ')],
  ['delete', 'delete remove erase loesche loeschen loesch entferne entfernen'.split(' ')],
  ['install', 'install installiere installieren'.split(' ')],
];

/** What the words of a sentence may order, wherever they stand. */
export function verbsIn({ words }: Pick<Parts, 'words'>): ReadonlySet<Verb> {
  return new Set(words.flatMap(({ text }) => verbOf(text) ?? []));
}

/** German verbs in two parts, and what may stand at their end. */
const secondPart: { readonly [verb: string]: string } = { fuehre: 'aus', brich: 'ab', lass: 'laufen' };

/** An order without its verb. */
export interface Order {
  readonly verb: Verb;
  readonly rest: readonly Word[];
  /** The words of the sentence before `rest`. */
  readonly parts: Parts;
}

/** What a question begins with. */
export const asking = /^(?:what|which|how|why|when|where|was|welche[rsn]?|wie|warum|wann|wo)\b/i;

/** The verb that a sentence begins with, or ends with in German, and the other words; undefined where it is no order. */
export function orderIn(parts: Parts): Order | undefined {
  const { words } = parts;
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined || asking.test(first.text)) return undefined;
  const leading = verbOf(first.text) ?? mistypedVerb(first.text, parts);
  if (leading !== undefined) {
    const second = own(secondPart, first.text) === last.text ? -1 : undefined;
    return { verb: leading, rest: words.slice(1, second), parts };
  }
  const ending = last.text.endsWith('en') ? verbOf(last.text) : undefined;
  return ending === undefined ? undefined : { verb: ending, rest: words.slice(0, -1), parts };
}

function verbOf(text: string): Verb | undefined {
  return verbs.find(([, words]) => words.includes(text))?.[0];
}

/** The verb of which one letter is wrong: only where what is named is called so, letter by letter. */
function mistypedVerb(text: string, { named }: Parts): Verb | undefined {
  const isExact = named.some((one) => 'how' in one && one.how === 'exact');
  // "Deleted" is another word.
  if (!isExact || isWord(text) || /(?:d|s)$/.test(text)) return undefined;
  return verbs.find(([, words]) => words.some((verb) => isNear(verb, text)))?.[0];
}
