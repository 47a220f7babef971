import type { Turn } from './support/conversation.ts';

/** A sentence whose cost is measured, and how a sensible model plays it. */
export interface Measured {
  readonly sentence: string;
  /** The conversation before the sentence, which is not counted. */
  readonly before?: { readonly sentence: string; readonly turns: readonly Turn[] };
  readonly turns: readonly Turn[];
  /** What the model must have been given before it answers. */
  readonly given: readonly string[];
  /** Most tokens in, over all requests for the sentence. */
  readonly upTo: number;
}

/** The sentences whose cost is held. */
export const measured: readonly Measured[] = [
  {
    sentence: 'Which run achieved the highest precision?',
    turns: [
      [{ call: 'mlops_list_runs', input: { metric: 'precision', best: true } }],
      ['`iris-17`, with a precision of 0.975.'],
    ],
    given: ['`iris-17`', 'precision 0.975'],
    upTo: 2950,
  },
  {
    sentence: 'Why did the last diabetes run fail?',
    turns: [
      [{ call: 'mlops_describe_run', input: { run: 'last failed diabetes' } }],
      ['`train-svm` of `diabetes-svm-24` failed: `insulin` has missing values.'],
    ],
    given: ['Input X contains NaN', 'model.fit(x, y)'],
    upTo: 3200,
  },
  {
    sentence: 'same but with C 10',
    before: {
      sentence: 'How did diabetes-svm-22 do?',
      turns: [
        [{ call: 'mlops_describe_run', input: { run: 'diabetes-svm-22' } }],
        ['`diabetes-svm-22` reached an accuracy of 0.747.'],
      ],
    },
    turns: [
      [{ call: 'mlops_run_pipeline', input: { like: 'diabetes-svm-22', parameters: { C: 10 } } }],
      ['`diabetes-svm-25` succeeded, accuracy 0.753.'],
    ],
    given: ['`diabetes-svm-25` succeeded', '`C` `5` → `10`'],
    upTo: 2650,
  },
  {
    sentence: 'Generate a report comparing all model runs from April',
    turns: [
      [{ call: 'mlops_list_runs', input: { since: 'april', until: 'april', limit: 100 } }],
      ['In April there were seven runs of models; `iris-17` was the best, with an accuracy of 0.973.'],
    ],
    given: ['`iris-17`', '`diabetes-tree-16`', '`churn-20`'],
    upTo: 3200,
  },
];
