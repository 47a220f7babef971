import { objectPath } from '../../sentences/words.ts';
import type { TaskNode } from '../../domain/pipeline.ts';
import type { RunSummary } from '../../domain/run.ts';
import { conceptsOf, isNear, isWord } from './lexicon.ts';
import { type Known, namesOf, runCalled, simple } from './known.ts';
import type { Word } from './readWords.ts';

/** A thing that exists, and the words that name it: from `from` up to `to`, which is not among them. */
export type Named =
  | {
      readonly kind: 'pipeline';
      readonly name: string;
      readonly how: Exactness;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'run';
      readonly name: string;
      readonly how: Exactness;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'task' | 'bucket' | 'parameter';
      readonly name: string;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'path';
      readonly bucket: string;
      readonly key: string;
      readonly from: number;
      readonly to: number;
    };

/** As it is called, by a word of its name that no other has, or with a letter wrong. */
export type Exactness = 'exact' | 'part' | 'near';

const longestName = 5;

/** What the words of a sentence name, in their order; names do not overlap. */
export function findNamed(words: readonly Word[], known: Known): readonly Named[] {
  const found: Named[] = [];
  for (let from = 0; from < words.length;) {
    const named = namedAt(words, from, known);
    if (named !== undefined) found.push(named);
    from = named?.to ?? from + 1;
  }
  return found;
}

/** The longest name that begins here; one that is written as it is goes before one that is not. */
function namedAt(words: readonly Word[], from: number, known: Known): Named | undefined {
  for (const find of [pathAt, runAt, exactPipeline, taskOrBucket, parameterAt, partOfPipeline, nearPipeline])
    for (let to = Math.min(words.length, from + longestName); to > from; to -= 1) {
      const named = find({ words: words.slice(from, to), from, to }, known);
      if (named !== undefined) return named;
    }
  return undefined;
}

interface Span {
  readonly words: readonly Word[];
  readonly from: number;
  readonly to: number;
}

type Find = (span: Span, known: Known) => Named | undefined;

const pathAt: Find = ({ words, from, to }, { buckets }) => {
  const [word, ...others] = words;
  if (word === undefined || others.length > 0 || !word.raw.includes('/')) return undefined;
  const { bucket, rest } = objectPath(word.raw);
  return buckets.includes(bucket) ? { kind: 'path', bucket, key: rest, from, to } : undefined;
};

/** `iris-12`, "iris 12" and "iris12"; "run 12". */
const runAt: Find = ({ words, from, to }, known) => {
  const texts = words.map(({ text }) => text);
  const run = texts[0] === 'run' ? numbered(texts, known) : labelled(texts, known);
  const found = run ?? runNamed(texts.join('-'), known);
  return found && { kind: 'run', name: found.id, how: 'exact', from, to };
};

/** The newest run of a name that somebody gave it. */
function runNamed(text: string, { runs }: Known): RunSummary | undefined {
  if (text.length < 3 || isWord(text)) return undefined;
  return runs.find(({ name, pipeline }) => simple(name) === text && simple(pipeline.name) !== text);
}

const numbered = ([, number, ...others]: readonly string[], known: Known) =>
  number === undefined || others.length > 0 ? undefined : runCalled(known, number);

function labelled(texts: readonly string[], known: Known): RunSummary | undefined {
  const text = texts.join('');
  if (texts.length === 1 && !/^\d+$/.test(text) && runCalled(known, text)) return runCalled(known, text);
  const plain = text.replaceAll('-', '');
  return texts.length <= 3 && /\D\d+$/.test(text)
    ? known.runs.find(({ label }) => simple(label).replaceAll('-', '') === plain)
    : undefined;
}

const joined = (words: readonly Word[]) => simple(words.map(({ raw }) => raw).join(' '));

const exactPipeline: Find = ({ words, from, to }, known) => {
  const text = joined(words);
  const pipeline = known.pipelines.find((one) => namesOf(one).some((name) => simple(name) === text));
  return pipeline && { kind: 'pipeline', name: pipeline.name, how: 'exact', from, to };
};

/** A word that only one pipeline has in its name, and that means nothing else. */
const partOfPipeline: Find = ({ words, from, to }, known) => {
  const text = joined(words);
  if (text.length < 4 || words.some((word) => isWord(word.text))) return undefined;
  const [pipeline, ...others] = known.pipelines.filter(({ name }) =>
    `-${simple(name)}-`.includes(`-${text}-`),
  );
  return pipeline === undefined || others.length > 0
    ? undefined
    : { kind: 'pipeline', name: pipeline.name, how: 'part', from, to };
};

const nearPipeline: Find = ({ words, from, to }, known) => {
  const text = joined(words);
  const meansElse = words.length === 1 && (isWord(text) || conceptsOf(text).length > 0);
  const [pipeline, ...others] = meansElse
    ? []
    : known.pipelines.filter(({ name }) => isNear(simple(name), text));
  if (pipeline !== undefined && others.length === 0)
    return { kind: 'pipeline', name: pipeline.name, how: 'near', from, to };
  return undefined;
};

const taskOrBucket: Find = ({ words, from, to }, { pipelines, buckets }) => {
  const text = joined(words);
  const bucket = buckets.find((name) => simple(name) === text);
  if (bucket !== undefined) return { kind: 'bucket', name: bucket, from, to };
  const name = tasksOf(pipelines).find((one) => simple(one) === text || stem(one) === stem(text));
  return name === undefined ? undefined : { kind: 'task', name, from, to };
};

const parameterAt: Find = ({ words, from, to }, { pipelines }) => {
  const text = joined(words);
  const parameter = pipelines
    .flatMap(({ parameters = [] }) => parameters)
    .find(({ name }) =>
      name.length > 1 ? simple(name) === text : words.length === 1 && isLetter(words, name),
    );
  return parameter && { kind: 'parameter', name: parameter.name, from, to };
};

/** A name of one letter is written as it is, and is no word of its own: "a" is none. */
const isLetter = ([word]: readonly Word[], name: string) => word?.raw === name && !isWord(name.toLowerCase());

function tasksOf(pipelines: Known['pipelines']): readonly string[] {
  const below = (tasks: readonly TaskNode[]): readonly string[] =>
    tasks.flatMap(({ name, children }) => [name, ...below(children)]);
  return [...new Set(pipelines.flatMap(({ tasks = [] }) => below(tasks)))];
}

/** "preprocessing" and "preprocess", "evaluation" and "evaluate" have one. */
function stem(text: string): string {
  const short = simple(text).replace(/(?:ing|ation|ate|e|(?<!s)s)$/, '');
  return short.length < 3 ? text : short;
}
