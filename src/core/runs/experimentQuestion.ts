import { named, type Question, textParagraph } from '../domain/question.ts';

/** What is done with an experiment. */
export type ExperimentChange = 'create' | 'archive' | 'unarchive';

const words: { readonly [change in ExperimentChange]: { readonly verb: string; readonly effect: string } } = {
  create: { verb: 'Create', effect: 'It groups runs.' },
  archive: {
    verb: 'Archive',
    effect: 'Its runs are archived with it: lists leave them out; nothing is deleted.',
  },
  unarchive: { verb: 'Unarchive', effect: 'Lists show it again; its runs stay archived.' },
};

/** The question before an experiment is changed. */
export function experimentQuestion(change: ExperimentChange, name: string): Question {
  const { verb, effect } = words[change];
  return {
    title: [`${verb} the experiment `, named(name), '?'],
    verb,
    paragraphs: [textParagraph(effect)],
  };
}
