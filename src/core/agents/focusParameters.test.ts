import { expect, test } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import type { Parameter } from '../domain/pipeline.ts';
import { overriding } from '../ports/overriding.ts';
import { focusBlock } from './focus.ts';
import { parametersOf, withParameters } from './focusParameters.ts';

const signal = new AbortController().signal;
const number = (name: string, value: number): Parameter => ({
  name,
  type: 'number',
  required: false,
  default: value,
});

test('values that differ from their defaults come first', () => {
  const run = { parameters: { a: 1, kernel: 'rbf', C: 10 } };
  const { values, left } = parametersOf(run, [number('a', 1), number('C', 1)]);
  expect(JSON.stringify(values)).toBe('{"kernel":"rbf","C":10,"a":1}');
  expect(left).toBe(0);
});

test('secrets are dots, also within other values', () => {
  const { values } = parametersOf({
    parameters: {
      password: 'swordfish',
      note: 'it is swordfish',
      url: 'https://me:hunter22@host/x',
      depth: 3,
    },
  });
  expect(values).toEqual({ password: '••••', note: 'it is ••••', url: 'https://me:••••@host/x', depth: 3 });
});

test('a value that is too long is left out as a whole', () => {
  const parameters = { text: 'x'.repeat(300), C: 10 };
  expect(parametersOf({ parameters })).toEqual({ values: { C: 10 }, left: 1 });
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`parameter_${at}`, at]));
  const { values, left } = parametersOf({ parameters: many });
  expect(JSON.stringify(values).length).toBeLessThan(700);
  expect(left).toBe(500 - Object.keys(values).length);
});

test('the focus has the parameters of its run, whether the pipeline is still there or not', async () => {
  const backend = new FakePipelineBackend();
  const id = backend.addRun(aRun({ id: 'iris-3', parameters: { C: 10 } }));
  const focus = await withParameters({ run: id }, backend, signal);
  expect(focusBlock(focus)).toContain('run: "iris-3"\nits parameters: {"C":10}');
  for (const other of [{}, { run: 'gone-1' }])
    expect(await withParameters(other, backend, signal)).toEqual(other);
});

test('a pipeline is read only where its defaults decide which values are left out', async () => {
  const backend = new FakePipelineBackend();
  const declared = Array.from({ length: 100 }, (_, at) => number(`parameter_${at}`, at));
  const pipeline = { id: backend.addPipeline({ name: 'iris', parameters: declared }), name: 'iris' };
  const values = Object.fromEntries(declared.map(({ name, default: value }) => [name, value ?? null]));
  const few = backend.addRun(aRun({ id: 'iris-3', pipeline, parameters: { C: 10 } }));
  const many = backend.addRun(aRun({ id: 'iris-4', pipeline, parameters: { ...values, parameter_99: 7 } }));
  let read = 0;
  const counting = overriding(backend, {
    getPipeline: (id, stop) => {
      read += 1;
      return backend.getPipeline(id, stop);
    },
  });
  await withParameters({ run: few }, counting, signal);
  expect(read).toBe(0);
  const { parameters } = await withParameters({ run: many }, counting, signal);
  expect(read).toBe(1);
  expect(Object.keys(parameters?.values ?? {})[0]).toBe('parameter_99');
});
