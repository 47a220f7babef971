import { named, type Question, textParagraph } from '../domain/question.ts';
import type { NamedRun } from '../domain/run.ts';
import { count } from '../text/markdown.ts';

/** What is done with runs that a server keeps. */
export type RunChange = 'retry' | 'archive' | 'unarchive';

const words: { readonly [change in RunChange]: { readonly verb: string; readonly effect: string } } = {
  retry: {
    verb: 'Retry',
    effect: 'Tasks that did not succeed run again, in the same run; finished ones keep their results.',
  },
  archive: { verb: 'Archive', effect: 'Lists leave it out; nothing is deleted.' },
  unarchive: { verb: 'Unarchive', effect: 'Lists show it again.' },
};

/** The question before a change, with the name of each run. */
export function changeRunsQuestion(change: RunChange, runs: readonly NamedRun[]): Question {
  const { verb, effect } = words[change];
  const [only, ...others] = runs;
  if (only !== undefined && others.length === 0)
    return { title: [`${verb} `, named(only.label), '?'], verb, paragraphs: [textParagraph(effect)] };
  const series = { series: runs.map(({ label }) => named(label)) };
  return {
    title: [`${verb} ${count(runs.length, 'run')}?`],
    verb,
    paragraphs: [textParagraph(series, '.'), textParagraph(effect)],
  };
}
