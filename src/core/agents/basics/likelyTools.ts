import type { Focus } from '../../domain/focus.ts';
import type { Tool } from '../../tools/tool.ts';
import type { ToolName } from '../../tools/table.ts';
import { withoutFrames } from './frames.ts';
import { type Feature, intents } from './intents.ts';
import { conceptsOf, isFiller } from './lexicon.ts';
import { canRun, pointsOf } from './question.ts';
import { readWords, type Word } from './readWords.ts';
import { understand } from './understand.ts';
import { asking, type Verb, verbsIn } from './verbs.ts';

/** How much a sentence speaks for a tool; more than 0 where anything does. */
export interface Likely {
  readonly tool: Tool;
  readonly points: number;
}

const ordered: { readonly [verb in Verb]: ToolName } = {
  run: 'mlops_run_pipeline',
  again: 'mlops_run_pipeline',
  stop: 'mlops_stop_run',
  delete: 'mlops_delete_runs',
  install: 'mlops_install_compiler',
};
/** A verb of an order outweighs the words around it. In a question it may be another word, as in "which run". */
const verbPoints = (sentence: string) => (asking.test(sentence) ? 2 : 8);
/** What it speaks for a tool that a sentence is read as a call of it. */
const readPoints = 12;
/** "The same, but with C 10" orders a run without a verb. */
const again = /\b(?:same|again|but (?:with|without)|instead|gleiche|dasselbe|nochmal|aber mit)\b/i;

/**
 * Tools by how much a sentence speaks for them, the likeliest first. It goes by words alone and asks no connection what
 * exists: a word that stands for nothing may be the name of a pipeline. Words that a tool's own row has (its name, title
 * and examples) count as well, the more, the fewer tools have them, and so does what MLOps Basics reads the sentence as.
 */
export function likelyTools(sentence: string, focus: Focus, tools: readonly Tool[]): readonly Likely[] {
  const words = readWords(withoutFrames(sentence));
  const features = featuresOf(sentence, words, focus);
  const verbs = [...verbsIn({ words })].map((verb) => ordered[verb]);
  const shared = sharedWords(words, tools);
  const understood = understand(sentence, focus, { tools });
  const read = typeof understood === 'object' ? understood.tool : undefined;
  return tools
    .map((tool) => {
      const intent = intents.find((one) => one.tool === tool.name);
      const meant = intent === undefined ? 0 : pointsOf(intent, features);
      const order = verbs.filter((name) => name === tool.name).length * verbPoints(sentence);
      const repeats = tool.name === ordered.again && again.test(sentence) ? 8 : 0;
      return { tool, points: meant + order + repeats + shared(tool) + (tool.name === read ? readPoints : 0) };
    })
    .toSorted((a, b) => b.points - a.points);
}

/** What the words stand for, and what they look like: `iris-12` a run, `a/b` an object, other words a pipeline. */
function featuresOf(sentence: string, words: readonly Word[], focus: Focus): ReadonlySet<Feature> {
  const runs = words.filter(({ text }) => /^\p{L}.*-\d+$/u.test(text));
  const paths = words.filter(({ text }) => text.includes('/'));
  const isUnknown = (word: Word) =>
    !runs.includes(word) &&
    !paths.includes(word) &&
    !isFiller(word.text) &&
    conceptsOf(word.text).length === 0;
  const found: readonly (readonly [Feature, boolean])[] = [
    ['Run', runs.length > 0],
    ['Runs', runs.length > 1],
    ['Folder', paths.length > 0],
    ['Object', paths.length > 0],
    ['Pipeline', words.some(isUnknown)],
    ['Focus', focus.pipeline !== undefined],
    ['FocusRun', focus.run !== undefined],
    ['canRun', canRun.test(sentence)],
    ['alone', words.length === 1],
  ];
  return new Set([
    ...words.flatMap(({ text }): readonly Feature[] => conceptsOf(text)),
    ...found.flatMap(([feature, isTrue]) => (isTrue ? [feature] : [])),
  ]);
}

/** Counts the words that a sentence and a tool's row share, rare ones more. */
function sharedWords(words: readonly Word[], tools: readonly Tool[]): (tool: Tool) => number {
  const rows = new Map(tools.map((tool) => [tool, wordsOf(tool)]));
  const said = new Set(words.map(({ text }) => stem(text)));
  const rarity = (word: string) =>
    Math.log(1 + tools.length / [...rows.values()].filter((row) => row.has(word)).length);
  return (tool) => {
    const common = [...said].filter((word) => rows.get(tool)?.has(word));
    return common.reduce((sum, word) => sum + 2 * rarity(word), 0);
  };
}

function wordsOf({ name, title, examples }: Tool): ReadonlySet<string> {
  const texts = [name.replace(/^mlops_/, '').replaceAll('_', ' '), title, ...examples.map(({ say }) => say)];
  const words = texts.flatMap((text) => readWords(text)).map(({ text }) => text);
  return new Set(
    words.filter((word) => /^\p{L}{3,}$/u.test(word) && !isFiller(word) && !asking.test(word)).map(stem),
  );
}

const stem = (word: string) => word.replace(/(?:ing|ies|ed|es|s|e)$/, '');
