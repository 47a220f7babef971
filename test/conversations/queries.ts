import type { JsonObject } from '../../src/core/domain/json.ts';
import type { Turn } from './support/conversation.ts';

/** A sentence of a kind that people say, played by a sensible model, with what has to come of it. */
export interface Query {
  readonly kind: string;
  readonly before?: { readonly sentence: string; readonly turns: readonly Turn[] };
  readonly sentence: string;
  readonly turns: readonly Turn[];
  /** What the model must have been given: an answer made of it is right, or says plainly what is not there. */
  readonly given: readonly (string | RegExp)[];
  /** What must not be in it. */
  readonly not?: readonly string[];
  /** The run that is started, and only after one question that shows its values. */
  readonly starts?: {
    readonly pipeline: string;
    readonly parameters: { readonly [name: string]: string | number };
  };
}

const call = (name: string, input: JsonObject): Turn => [{ call: `mlops_${name}`, input }];

export const queries: readonly Query[] = [
  {
    kind: 'discovering',
    sentence: 'What ML pipelines are available?',
    turns: [call('list_pipelines', {}), ['There are five.']],
    given: ['`iris`', '`diabetes-svm`', '`diabetes-tree`', '`churn`', '`nightly-ingest`'],
  },
  {
    kind: 'explaining one',
    sentence: 'Tell me more about the diabetes SVM pipeline and what parameters it accepts',
    turns: [call('describe_pipeline', { pipeline: 'diabetes svm' }), ['It takes `C`, `gamma` and `kernel`.']],
    given: ['support vector machine', /`C` .*`1`/, /`gamma` .*`scale`/, /`kernel` .*`rbf`/],
    not: ['cannot run'],
  },
  {
    kind: 'running what was spoken of',
    before: {
      sentence: 'Tell me more about the diabetes SVM pipeline',
      turns: [
        call('describe_pipeline', { pipeline: 'diabetes-svm' }),
        ['It takes `C`, `gamma` and `kernel`.'],
      ],
    },
    sentence: 'Run a new experiment using sigmoid kernel',
    turns: [
      ({ messages }) => {
        const focus = messages.find((message) => 'text' in message && message.text.startsWith('In focus'));
        const pipeline = /pipeline: "(.+)"/.exec(
          focus !== undefined && 'text' in focus ? focus.text : '',
        )?.[1];
        const input = { pipeline: pipeline ?? 'nothing in focus', parameters: { kernel: 'sigmoid' } };
        return [{ call: 'mlops_run_pipeline', input }];
      },
      ['It succeeded.'],
    ],
    given: [/`diabetes-svm-25` succeeded/],
    starts: {
      pipeline: 'diabetes-svm',
      parameters: { C: 1, gamma: 'scale', kernel: 'sigmoid', random_state: 7, test_size: 0.2 },
    },
  },
  {
    kind: 'comparing two models',
    sentence: 'Compare the performance of the SVM and the tree for diabetes',
    turns: [
      [
        { call: 'mlops_list_runs', input: { pipeline: 'diabetes-svm', state: 'succeeded' } },
        { call: 'mlops_list_runs', input: { pipeline: 'diabetes-tree', state: 'succeeded' } },
      ],
      call('compare_runs', { run: 'diabetes-svm-22', with: 'diabetes-tree-21' }),
      ['The SVM is better: accuracy 0.747 against 0.723, though they were tested on other rows.'],
    ],
    given: [/accuracy\W.*0\.723.*0\.747/, /`test_size`.*`0\.3`.*`0\.2`/, 'precision', 'recall', 'log_loss'],
  },
  {
    kind: 'datasets by date',
    sentence: 'Show me all datasets uploaded in the past month',
    turns: [
      call('list_objects', { bucket: 'datasets', since: 'past month' }),
      ['Two: those of churn and of diabetes.'],
    ],
    given: [/customers-2026-04\.csv.*2026-04-16/, /diabetes-2026-04\.csv.*2026-04-22/],
    not: ['2026-01', '2025-11', 'iris.csv'],
  },
  {
    kind: 'feature importance over runs',
    sentence: 'How did feature importance change over the runs of churn?',
    turns: [
      [
        { call: 'mlops_describe_run', input: { run: 'churn-20' } },
        { call: 'mlops_describe_run', input: { run: 'churn-11' } },
      ],
      ['The runs of `churn` keep no feature importance: a task would have to write it as an artifact.'],
    ],
    // Every artifact is named, so that it is plain what is not among them.
    given: [
      /Dataset `clean`/,
      /Model `model\\?_file`/,
      /Metrics `metrics`/,
      /ClassificationMetrics `confusion`/,
    ],
    not: ['importance'],
  },
  {
    kind: 'why the latest failed',
    sentence: 'Why did the latest run fail?',
    turns: [call('diagnose_run', { run: 'last' }), ['`train-svm` got rows with missing values.']],
    given: [/`diabetes-svm-24` failed/, 'Input X contains NaN', 'model.fit(x, y)'],
  },
  {
    kind: 'why the latest failed, though it did not',
    sentence: 'Why did iris-23 fail?',
    turns: [call('diagnose_run', { run: 'iris-23' }), ['It did not fail.']],
    given: [/`iris-23`.*(did not fail|succeeded)/],
  },
  {
    kind: 'the log of a step by its everyday name',
    sentence: 'Show me the preprocessing log of the last churn run',
    turns: [call('read_task_log', { run: 'churn-20', task: 'preprocessing' }), ['Here it is.']],
    given: ['preprocess: encoding columns'],
  },
  {
    kind: 'asking the documentation',
    sentence: 'How do I write a pipeline with a condition?',
    turns: [['I have no documentation at hand. In Kubeflow a condition is `with dsl.If(...)`.']],
    given: [],
  },
  {
    kind: 'the best version by a metric',
    sentence: 'Which version of the diabetes tree has the best accuracy?',
    turns: [
      call('list_runs', { pipeline: 'diabetes tree', state: 'succeeded' }),
      ['`diabetes-tree-21`, with an accuracy of 0.723.'],
    ],
    given: [/`diabetes-tree-21`.*0\.723/, /`diabetes-tree-9`.*0\.714/, /`diabetes-tree-5`.*0\.697/],
    not: ['diabetes-svm'],
  },
  {
    kind: 'a report of a month',
    sentence: 'Generate a report comparing all model runs from April',
    turns: [
      call('list_runs', { since: 'april', until: 'april', metric: 'precision', sort: 'metric' }),
      ['In April `iris-17` was the best.'],
    ],
    given: [16, 17, 18, 20, 21, 22, 23].map((number) => new RegExp(`-${number}\\b.*precision 0\\.\\d+`)),
    not: ['churn-15', 'svm-24'],
  },
  {
    kind: 'the best run of all by a metric',
    sentence: 'Which run has the lowest log loss?',
    turns: [call('list_runs', { metric: 'log_loss', best: true }), ['`iris-17`, with 0.151.']],
    given: [/`iris-17`.*0\.151/],
  },
  {
    kind: 'what failed in a time',
    sentence: 'What failed yesterday, and why?',
    turns: [
      call('list_runs', { state: 'failed', since: 'yesterday' }),
      ['`diabetes-svm-24`, since `insulin` has missing values.'],
    ],
    given: [/`diabetes-svm-24` failed.*Input X contains NaN/],
    not: ['churn-15'],
  },
];
