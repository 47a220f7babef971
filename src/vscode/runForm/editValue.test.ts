import { expect, test } from 'vitest';
import type { Parameter, Pipeline, PipelineId } from '../../core/domain/pipeline.ts';
import { openForm, type ParameterValues } from '../../core/pipelines/parameterForm.ts';
import { editValue } from './editValue.ts';
import type { LineQuestion } from '../window/inputs.ts';

const pipeline: Pipeline = {
  id: 'iris.yaml' as PipelineId,
  name: 'iris',
  source: { kind: 'yaml' },
  parameters: [],
  tasks: [],
  packages: [],
  sources: [],
  blockers: [],
  notes: [],
};

/** Edits a parameter by typing a line, and gives what was asked and the form's values after. */
async function edited(parameter: Parameter, line: string, values: ParameterValues = {}) {
  const asked: LineQuestion[] = [];
  const inputs = {
    line: async (question: LineQuestion) => {
      asked.push(question);
      return line;
    },
    pick: async () => undefined,
  };
  const form = openForm([parameter], { values, when: 'last time' });
  const now = await editValue(inputs, pipeline, form, parameter);
  return { question: asked[0], values: now?.values };
}

test('an ordinary value is typed visibly', async () => {
  const { question, values } = await edited({ name: 'depth', type: 'integer', required: true }, '3');
  expect(question).toMatchObject({ secret: false, value: '' });
  expect(values).toEqual({ depth: 3 });
});

test('a secret is typed behind dots, even within an object', async () => {
  const password: Parameter = { name: 'password', type: 'string', required: true };
  expect((await edited(password, 'hunter2')).question?.secret).toBe(true);
  const database: Parameter = { name: 'database', type: 'struct', required: true };
  expect((await edited(database, '{}', { database: { password: 'x' } })).question?.secret).toBe(true);
  expect((await edited(database, '{}', { database: { host: 'x' } })).question?.secret).toBe(false);
});

test('a secret with choices is typed as well: a list would show dots', async () => {
  const key: Parameter = { name: 'api_key', type: 'string', required: true, choices: ['sk-1', 'sk-2'] };
  const { question, values } = await edited(key, 'sk-2');
  expect(question?.check('sk-3')).toBe('api_key must be one of ••••, ••••, got ••••.');
  expect(values).toEqual({ api_key: 'sk-2' });
});

test('the dots are refused as a secret', async () => {
  const { question, values } = await edited({ name: 'password', type: 'string', required: true }, '••••');
  expect(question?.check('••••')).toContain('password cannot be ••••');
  expect(values).toBeUndefined();
});
