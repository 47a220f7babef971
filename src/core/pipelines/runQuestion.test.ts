import { expect, test } from 'vitest';
import type { Parameter, Pipeline, PipelineId } from '../domain/pipeline.ts';
import type { RunId } from '../domain/run.ts';
import { renderQuestionMarkdown } from '../text/renderQuestionMarkdown.ts';
import { renderQuestionPlain } from '../text/renderQuestionPlain.ts';
import type { Preparation } from '../ports/pipelineBackend.ts';
import { type AskedRun, runQuestion } from './runQuestion.ts';

const parameters: readonly Parameter[] = [
  { name: 'max_depth', type: 'integer', required: false, default: 3 },
  { name: 'criterion', type: 'string', required: false, default: 'gini' },
  { name: 'features', type: 'list', required: false, default: ['a', 'b'] },
  { name: 'note', type: 'string', required: false },
];
const pipeline: Pipeline = {
  id: 'iris.yaml' as PipelineId,
  name: 'iris',
  source: { kind: 'yaml' },
  parameters,
  tasks: [],
  packages: [],
  sources: [],
  blockers: [],
  notes: [],
};

/** What a modal shows of the question, and its button. */
function asked(run: Omit<AskedRun, 'preparation'>, preparation: Preparation) {
  const question = runQuestion({ ...run, preparation });
  const { title, detail } = renderQuestionPlain(question);
  return { title, detail, yes: question.verb };
}

const planned = {
  pipeline,
  values: { max_depth: 3, criterion: 'gini', features: ['a', 'b'] },
  cache: true,
};

test('the question says that nothing changed since a run, unless the cache is not used', () => {
  const preparation: Preparation = {
    ...{ install: [], sources: [], fingerprint: '', runsOn: 'Python 3.11.7', blockers: [], notes: [] },
    unchanged: 'iris-12' as RunId,
  };
  expect(asked(planned, preparation).detail).toContain(
    'Nothing changed since iris-12: all of it comes from the cache.',
  );
  expect(asked({ ...planned, cache: false }, preparation).detail).not.toContain('iris-12');
});

test('the question shows every parameter, what is installed and where it runs', () => {
  const notes = [
    { what: 'resources_ignored', task: 'train', message: 'Its memory request is not held here.' },
  ];
  const question = asked(planned, {
    install: ['scikit-learn'],
    installBytes: 3e8,
    sources: [],
    fingerprint: '',
    runsOn: 'Python 3.11.7',
    blockers: [],
    notes,
  });
  expect(question).toEqual({
    title: 'Install packages and run iris?',
    yes: 'Install and run',
    detail: [
      'Installs scikit-learn (about 300 MB on disk) into an environment of its own.',
      'max_depth = 3\ncriterion = gini\nfeatures = ["a", "b"]\nnote = not set',
      'From iris with Python 3.11.7.',
      'train: Its memory request is not held here.',
    ].join('\n\n'),
  });
});

test('the question does not mention packages when none are installed', () => {
  const question = asked(
    { ...planned, pipeline: { ...pipeline, parameters: [] } },
    { install: [], sources: [], fingerprint: '', runsOn: 'Python 3.11.7', blockers: [], notes: [] },
  );
  expect(question).toEqual({
    title: 'Run iris?',
    yes: 'Run',
    detail: 'It takes no parameters.\n\nFrom iris with Python 3.11.7.',
  });
});

test('the question about a repeated run names that run, the changed values and that the cache is off', () => {
  const values = { ...planned.values, max_depth: 5, note: 'x' };
  const question = asked(
    { ...planned, values, cache: false, again: 'iris-3' as RunId },
    { install: [], sources: [], fingerprint: '', runsOn: 'Python 3.11.7', blockers: [], notes: [] },
  );
  expect(question).toEqual({
    title: 'Run iris again, as in iris-3?',
    yes: 'Run',
    detail: [
      'max_depth = 5 (default 3)\nnote = x',
      'Without cache: every task runs anew.',
      'criterion = gini\nfeatures = ["a", "b"]',
      'From iris with Python 3.11.7.',
    ].join('\n\n'),
  });
});

test('the question hides the value of a secret, even a default', () => {
  const login: readonly Parameter[] = [
    { name: 'password', type: 'string', required: false, default: 'hunter1' },
    { name: 'database', type: 'struct', required: true },
    { name: 'api_key', type: 'string', required: false },
  ];
  const question = asked(
    {
      pipeline: { ...pipeline, parameters: login },
      values: { password: 'hunter2', database: { password: 'x' } },
      cache: true,
    },
    { install: [], sources: [], fingerprint: '', runsOn: 'Python 3.11.7', blockers: [], notes: [] },
  );
  expect(question.detail).toBe(
    'password = •••• (default ••••)\ndatabase = ••••\napi_key = not set\n\nFrom iris with Python 3.11.7.',
  );
});

test('the question about a call of a model shows its values first, then name, compilation and package sources', () => {
  const { title, message } = renderQuestionMarkdown(
    runQuestion({
      ...planned,
      set: ['criterion'],
      name: 'my run',
      cache: false,
      connection: { id: 'this-machine', kind: 'thisMachine', name: 'This machine', readOnly: false } as never,
      preparation: {
        install: ['scikit-learn'],
        compiles: 'iris.py',
        sources: [
          { kind: 'proxy', value: 'http://p' },
          { kind: 'index', value: 'http://evil' },
          { kind: 'extraIndex', value: 'http://b' },
          { kind: 'extraIndex', value: 'http://c' },
        ],
        fingerprint: '',
        runsOn: 'Python 3.11.7',
        blockers: [],
        notes: [],
      },
    }),
  );
  expect(title).toBe('Install packages and run iris on This machine?');
  expect(message.split('\n\n')).toEqual([
    'Set: `criterion` = `gini`',
    'The run is called `my run`.',
    'Without cache: every task runs anew.',
    'Compiles `iris.py`, which runs it here.',
    'Installs `scikit-learn` into an environment of its own.',
    'Packages come from `http://evil`, also from `http://b`, `http://c`, through the proxy `http://p`.',
    'Defaults: `max_depth` = `3`, `features` = `["a", "b"]`, `note` = not set',
    'From `iris` with Python 3\\.11\\.7.',
  ]);
});

test('a parameter called "constructor" is shown as not set when it has no value', () => {
  const odd: Parameter = { name: 'constructor', type: 'string', required: false };
  const question = asked(
    { ...planned, pipeline: { ...pipeline, parameters: [odd] } },
    { install: [], sources: [], fingerprint: '', runsOn: 'Python 3.11.7', blockers: [], notes: [] },
  );
  expect(question.detail).toContain('constructor = not set');
});
