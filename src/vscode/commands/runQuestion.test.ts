import { expect, test } from 'vitest';
import type { Parameter, Pipeline, PipelineId } from '../../core/domain/pipeline.ts';
import type { RunId } from '../../core/domain/run.ts';
import { blockersText, runQuestion } from './runQuestion.ts';

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

const planned = {
  pipeline,
  values: { max_depth: 3, criterion: 'gini', features: ['a', 'b'] },
  cache: true,
};

test('the question shows every parameter, what is installed and where it runs', () => {
  const notes = [
    { what: 'resources_ignored', task: 'train', message: 'Its memory request is not held here.' },
  ];
  const question = runQuestion(planned, {
    install: ['scikit-learn'],
    sources: [],
    fingerprint: '',
    installBytes: 3e8,
    runsOn: 'Python 3.11.7',
    blockers: [],
    notes,
  });
  expect(question).toEqual({
    title: 'Run iris?',
    yes: 'Install and run',
    detail: [
      'max_depth = 3\ncriterion = gini\nfeatures = ["a","b"]\nnote = not set',
      'First installs scikit-learn (about 300 MB).',
      'Runs on Python 3.11.7.',
      'train: Its memory request is not held here.',
    ].join('\n\n'),
  });
});

test('nothing to install is not mentioned', () => {
  const question = runQuestion(
    { ...planned, pipeline: { ...pipeline, parameters: [] } },
    { install: [], sources: [], fingerprint: '', runsOn: 'Python 3.11.7', blockers: [], notes: [] },
  );
  expect(question).toEqual({ title: 'Run iris?', yes: 'Run', detail: 'Runs on Python 3.11.7.' });
});

test('a run that repeats another says so, with what is not the default and that nothing is cached', () => {
  const values = { ...planned.values, max_depth: 5, note: 'x' };
  const question = runQuestion(
    { ...planned, values, cache: false, again: 'iris-3' as RunId },
    { install: [], sources: [], fingerprint: '', runsOn: 'Python 3.11.7', blockers: [], notes: [] },
  );
  expect(question).toEqual({
    title: 'Run iris again, as in iris-3?',
    yes: 'Run',
    detail: [
      'max_depth = 5 (default 3)\ncriterion = gini\nfeatures = ["a","b"]\nnote = x',
      'Without cache: every task runs anew.',
      'Runs on Python 3.11.7.',
    ].join('\n\n'),
  });
});

test('a secret is asked about without its value, whichever way it is set', () => {
  const login: readonly Parameter[] = [
    { name: 'password', type: 'string', required: false, default: 'hunter1' },
    { name: 'database', type: 'struct', required: true },
    { name: 'api_key', type: 'string', required: false },
  ];
  const question = runQuestion(
    {
      pipeline: { ...pipeline, parameters: login },
      values: { password: 'hunter2', database: { password: 'x' } },
      cache: true,
    },
    { install: [], sources: [], fingerprint: '', runsOn: 'Python 3.11.7', blockers: [], notes: [] },
  );
  expect(question.detail).toBe(
    'password = •••• (default ••••)\ndatabase = ••••\napi_key = not set\n\nRuns on Python 3.11.7.',
  );
});

test('a blocker comes with its way out', () => {
  const blocker = {
    what: 'container_component',
    task: 'train',
    message: 'It is a container.',
    hint: 'Use a Python component.',
  };
  expect(blockersText([blocker])).toBe('train: It is a container. Use a Python component.');
});

test('a parameter may have a name that every object has', () => {
  const names = ['constructor', 'toString'];
  const odd = names.map((name): Parameter => ({ name, type: 'string', required: false }));
  const preparation = {
    install: [],
    sources: [],
    fingerprint: '',
    runsOn: 'Python',
    blockers: [],
    notes: [],
  };
  const { detail } = runQuestion(
    { pipeline: { ...pipeline, parameters: odd }, values: {}, cache: true },
    preparation,
  );
  expect(detail).toContain('constructor = not set\ntoString = not set');
});
