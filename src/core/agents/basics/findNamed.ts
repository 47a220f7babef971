import { objectPath } from '../../sentences/words.ts';
import { conceptsOf, isNear, isWord } from './lexicon.ts';
import { type Known, simple } from './known.ts';
import { type Names, allNames } from './names.ts';
import type { Word } from './readWords.ts';

/** The words that name a thing: from `from` up to `to`, which is not among them. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** As it is called, by a word of its name that no other has, or with a letter wrong. */
export type Exactness = 'exact' | 'part' | 'near';

/** A thing that exists and that a sentence names. */
export type Named = Span &
  (
    | { readonly kind: 'pipeline' | 'run'; readonly name: string; readonly how: Exactness }
    | { readonly kind: 'task' | 'bucket' | 'parameter'; readonly name: string }
    | { readonly kind: 'path'; readonly bucket: string; readonly key: string }
  );

const longestName = 5;

/** What the words of a sentence name, in their order; names do not overlap. */
export function findNamed(words: readonly Word[], known: Known): readonly Named[] {
  const names = allNames(known);
  const found: Named[] = [];
  for (let from = 0; from < words.length;) {
    const named = namedAt(words, from, names);
    if (named !== undefined) found.push(named);
    from = named?.to ?? from + 1;
  }
  return found;
}

/** The longest name that begins here; one that is written as it is goes before one that is not. */
function namedAt(words: readonly Word[], from: number, names: Names): Named | undefined {
  for (const find of finders)
    for (let to = Math.min(words.length, from + longestName); to > from; to -= 1) {
      const part = words.slice(from, to);
      const text = simple(part.map(({ raw }) => raw).join(' '));
      const named = find({ words: part, text, beside: [words[from - 1], words[to]], from, to }, names);
      if (named !== undefined) return named;
    }
  return undefined;
}

interface Part extends Span {
  readonly words: readonly Word[];
  /** The words as names are compared. */
  readonly text: string;
  /** The words before and after. */
  readonly beside: readonly (Word | undefined)[];
}

type Find = (part: Part, names: Names) => Named | undefined;

const path: Find = ({ words, from, to }, { buckets }) => {
  const [word, ...others] = words;
  if (word === undefined || others.length > 0 || !word.raw.includes('/')) return undefined;
  const { bucket, rest } = objectPath(word.raw);
  return buckets.includes(bucket) ? { kind: 'path', bucket, key: rest, from, to } : undefined;
};

/** `iris-12`, "iris 12", "iris12", "run 12", or the name that somebody gave it. */
const run: Find = ({ words, text, from, to }, { runs }) => {
  const isCalledSo = words.length > 1 || !isOurWord(words);
  const name =
    runs.byLabel.get(text.replaceAll('-', '')) ??
    runs.byNumber.get(text) ??
    (isCalledSo ? runs.byName.get(text) : undefined);
  return name === undefined ? undefined : { kind: 'run', name, how: 'exact', from, to };
};

/** A name that is one of our words is meant where it is quoted, or called a pipeline. */
const pipeline: Find = ({ words, text, beside, from, to }, { pipelines }) => {
  const name = pipelines.byName.get(text);
  const isSaid = !isOurWord(words) || beside.some((word) => word?.text === 'pipeline');
  return name === undefined || !isSaid ? undefined : { kind: 'pipeline', name, how: 'exact', from, to };
};

const isOurWord = ([word, ...others]: readonly Word[]) =>
  word !== undefined && others.length === 0 && !word.quoted && isWord(word.text);

/** A word that only one pipeline has in its name, and that means nothing else. */
const partOfPipeline: Find = ({ words, text, from, to }, { pipelines }) => {
  if (text.length < 4 || words.some((word) => isWord(word.text))) return undefined;
  const name = onlyOne(pipelines.all, (one) => `-${one}-`.includes(`-${text}-`));
  return name === undefined ? undefined : { kind: 'pipeline', name, how: 'part', from, to };
};

const nearPipeline: Find = ({ words, text, from, to }, { pipelines }) => {
  if (words.length === 1 && (isWord(text) || conceptsOf(text).length > 0)) return undefined;
  const name = onlyOne(pipelines.all, (one) => isNear(one, text));
  return name === undefined ? undefined : { kind: 'pipeline', name, how: 'near', from, to };
};

/** The name that fits, if no other does. */
function onlyOne(names: Names['pipelines']['all'], fits: (compared: string) => boolean): string | undefined {
  const [name, ...others] = new Set(names.filter(([one]) => fits(one)).map(([, written]) => written));
  return others.length > 0 ? undefined : name;
}

const bucket: Find = ({ text, from, to }, { buckets }) => {
  const name = buckets.find((one) => simple(one) === text);
  return name === undefined ? undefined : { kind: 'bucket', name, from, to };
};

const task: Find = ({ text, from, to }, { tasks }) => {
  const name = tasks.find((one) => simple(one) === text || stem(one) === stem(text));
  return name === undefined ? undefined : { kind: 'task', name, from, to };
};

/** "preprocessing" and "preprocess", "evaluation" and "evaluate" have one. */
function stem(text: string): string {
  const short = simple(text).replace(/(?:ing|ation|ate|e|(?<!s)s)$/, '');
  return short.length < 3 ? text : short;
}

/** A name of one letter is written as it is, and is no word of its own: "a" is none. */
const parameter: Find = ({ words, text, from, to }, { parameters }) => {
  const name = parameters.find((one) =>
    one.length > 1 ? simple(one) === text : words[0]?.raw === one && words.length === 1 && !isWord(text),
  );
  return name === undefined ? undefined : { kind: 'parameter', name, from, to };
};

const finders: readonly Find[] = [path, run, pipeline, bucket, task, parameter, partOfPipeline, nearPipeline];
