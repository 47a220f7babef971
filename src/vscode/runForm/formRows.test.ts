import { expect, test } from 'vitest';
import type { Pipeline, PipelineId } from '../../core/domain/pipeline.ts';
import { openForm, withValue } from '../../core/pipelines/parameterForm.ts';
import { formRows } from './formRows.ts';

const pipeline: Pipeline = {
  id: 'iris.yaml' as PipelineId,
  name: 'iris',
  source: { kind: 'yaml' },
  parameters: [
    { name: 'file', type: 'string', required: true, description: 'What to\nread.' },
    { name: 'depth', type: 'integer', required: false, default: 2 },
  ],
  tasks: [],
  packages: [],
  sources: [],
  blockers: [],
  notes: [],
};
const preparation = {
  install: [],
  sources: [],
  fingerprint: '',
  runsOn: 'Python 3.11.7',
  blockers: [],
  notes: [],
};
const empty = openForm(pipeline.parameters, { values: {}, when: 'last time' });
const lines = (form = empty, more = {}) =>
  formRows(pipeline, form, { ...preparation, ...more }).map(({ label, description, detail }) =>
    [label, description, detail].filter(Boolean).join(' | '),
  );

test('the first row runs the pipeline or says what is missing, and a row for each parameter follows', () => {
  expect(lines()).toEqual([
    '$(warning) Run iris | $(blank) file is missing: it has no default (text).',
    'parameters',
    '$(warning) file = not set | text, needs a value | $(blank) What to read.',
    '$(blank) depth = 2 | a whole number, default',
    'settings',
    '$(history) Without cache: off | results that did not change are taken from the cache',
  ]);
  expect(lines(withValue(empty, 'file', 'a.csv'))).toEqual([
    '$(play) Run iris | $(blank) Runs on Python 3.11.7.',
    'parameters',
    '$(edit) file = a.csv | text | $(blank) What to read.',
    '$(blank) depth = 2 | a whole number, default',
    'settings',
    '$(discard) Use the defaults | for every parameter',
    '$(history) Without cache: off | results that did not change are taken from the cache',
  ]);
});

test('the form says before the run what is installed and what is different here', () => {
  const notes = [{ what: 'resources_ignored', task: 'train', message: 'Its memory request is not held.' }];
  const more = { install: ['scikit-learn'], installBytes: 3e8, notes };
  const rows = lines(withValue(empty, 'file', 'a.csv'), more);
  expect(rows[0]).toBe(
    '$(play) Run iris | $(blank) Asks once more. Installs scikit-learn (about 300 MB on disk) into an environment of its own. Runs on Python 3.11.7.',
  );
  expect(rows.slice(-2)).toEqual(['different here', '$(info) train: Its memory request is not held.']);
});

test('the form names the sources of the packages', () => {
  const sources = [{ kind: 'index', value: 'https://a.example/simple' }] as const;
  expect(lines(withValue(empty, 'file', 'a.csv'), { sources })[0]).toBe(
    '$(play) Run iris | $(blank) Packages come from https://a.example/simple. Runs on Python 3.11.7.',
  );
});

test('text from a pipeline draws no icon and makes no link', () => {
  const hostile = '$(trash) [x](command:mlops.deleteRun)';
  const parameter = { name: hostile, type: 'string', required: true, description: hostile } as const;
  const form = openForm([parameter], { values: { [hostile]: hostile }, when: hostile });
  const notes = [{ what: 'note', task: hostile, message: hostile }];
  const rows = formRows({ ...pipeline, displayName: hostile }, form, {
    ...preparation,
    notes,
    runsOn: hostile,
  });
  const texts = rows.flatMap(({ label, description = '', detail = '' }) => [label, description, detail]);
  expect(texts.filter((text) => text.includes('$ (trash) [x] (command:mlops.deleteRun)')).length).toBe(5);
  expect(texts.filter((text) => /\]\(|\$\(trash/.test(text))).toEqual([]);
});
