import type { Turn } from './support/conversation.ts';

/** A sentence whose cost is measured, and how a sensible model plays it with the tools that there are. */
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

const describe = (run: string) => ({ call: 'mlops_describe_run', input: { run } });

/** The sentences whose cost is held; better tools change their turns and lower their bounds. */
export const measured: readonly Measured[] = [
  {
    sentence: 'Which run achieved the highest precision?',
    turns: [
      [{ call: 'mlops_list_runs', input: {} }],
      [
        ...['iris-23', 'iris-17', 'iris-10', 'diabetes-svm-22', 'diabetes-svm-18', 'diabetes-svm-13'],
        ...['diabetes-tree-21', 'churn-20', 'churn-11'],
      ].map(describe),
      ['`iris-17`, with a precision of 0.975.'],
    ],
    given: ['`iris-17`', 'precision **0.975**'],
    upTo: 15_900,
  },
  {
    sentence: 'Why did the last diabetes run fail?',
    turns: [
      [{ call: 'mlops_list_runs', input: { state: 'failed' } }],
      [describe('diabetes-svm-24')],
      [{ call: 'mlops_read_task_log', input: { run: 'diabetes-svm-24', task: 'train-svm' } }],
      ['`train-svm` of `diabetes-svm-24` failed: `insulin` has missing values.'],
    ],
    given: ['Input X contains NaN', 'model.fit(x, y)'],
    upTo: 15_800,
  },
  {
    sentence: 'same but with C 10',
    before: {
      sentence: 'How did diabetes-svm-22 do?',
      turns: [[describe('diabetes-svm-22')], ['`diabetes-svm-22` reached an accuracy of 0.747.']],
    },
    turns: [
      [{ call: 'mlops_run_pipeline', input: { again: 'diabetes-svm-22', parameters: { C: 10 } } }],
      ['`diabetes-svm-25` succeeded, accuracy 0.753.'],
    ],
    given: ['`diabetes-svm-25` succeeded', '`C` `5` → `10`'],
    upTo: 7600,
  },
  {
    sentence: 'Generate a report comparing all model runs from April',
    turns: [
      [{ call: 'mlops_list_runs', input: {} }],
      ['In April there were eight runs of models; `iris-17` was the best, with an accuracy of 0.973.'],
    ],
    given: ['`iris-17`', '`diabetes-tree-16`', '`churn-20`'],
    upTo: 8300,
  },
];
