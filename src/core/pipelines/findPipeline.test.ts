import { beforeEach, describe, expect, it } from 'vitest';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import { findPipeline, findPipelines } from './findPipeline.ts';

const never = new AbortController().signal;

it.each([
  ['nightly ingest', 'nightly-ingest'],
  ['Diabetes tree', 'diabetes-decision-tree'],
  ['the tree pipeline of diabetes', undefined],
  ['tree diabetes', 'diabetes-decision-tree'],
  ['diabetes', undefined],
  ['diabetes forest', undefined],
])('%s is the pipeline %s', async (text, name) => {
  const backend = new FakePipelineBackend();
  for (const each of ['diabetes-decision-tree', 'diabetes-svm', 'nightly-ingest'])
    backend.addPipeline({ name: each });
  const found = await findPipeline(backend, text, never).catch(() => undefined);
  expect(found?.name).toBe(name);
});

describe('a pipeline with a Python file and a compiled file', () => {
  let backend: FakePipelineBackend;
  const idFor = async (text: string) => (await findPipeline(backend, text, never)).id;
  beforeEach(() => {
    backend = new FakePipelineBackend();
    const twin = {
      id: 'flows/churn.py:churn' as PipelineId,
      source: { kind: 'python', file: '/workspace/flows/churn.py', label: 'flows/churn.py' },
    } as const;
    const file = '/workspace/flows/churn.yaml';
    const source = { kind: 'yaml', file, label: 'flows/churn.yaml' } as const;
    backend.addPipeline({ id: 'flows/churn.yaml', name: 'churn', source, twin });
    backend.addPipeline({ name: 'other' });
  });

  it.each(['flows/churn.yaml', 'churn.yaml', 'churn'])('is found by %s', async (text) => {
    expect(await idFor(text)).toBe('flows/churn.yaml');
  });

  it.each(['flows/churn.py:churn', 'flows/churn.py', 'churn.py', '/workspace/flows/churn.py'])(
    'is found by %s, although lists leave that file out',
    async (text) => {
      expect(await idFor(text)).toBe('flows/churn.yaml');
    },
  );
});

it('finds a pipeline by its words in any order, and all that fit where several may', async () => {
  const backend = new FakePipelineBackend();
  for (const name of ['diabetes-decision-tree', 'diabetes_svm', 'nightly-ingest'])
    backend.addPipeline({ name });
  const named = async (text: string) => (await findPipelines(backend, text, never)).map(({ name }) => name);
  expect(await named('tree diabetes')).toEqual(['diabetes-decision-tree']);
  expect(await named('diabetes tree pipeline')).toEqual(['diabetes-decision-tree']);
  expect(await named('Nightly ingest')).toEqual(['nightly-ingest']);
  expect(await named('diabetes')).toEqual(['diabetes-decision-tree', 'diabetes_svm']);
  await expect(findPipeline(backend, 'diabetes', never)).rejects.toThrow('Several pipelines fit "diabetes"');
});
