import { expect, it } from 'vitest';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import { listedVariant } from './listedVariant.ts';

const never = new AbortController().signal;

it('names the file of the requested variant, even if lists leave that variant out', async () => {
  const backend = new FakePipelineBackend();
  const twin = { id: 'churn.yaml' as PipelineId, source: { kind: 'yaml', label: 'churn.yaml' } } as const;
  const source = { kind: 'python', label: 'churn.py' } as const;
  const problem = { what: 'syntax', message: 'It cannot be read.', line: 3 };
  const id = backend.addPipeline({ id: 'churn.py:churn', name: 'churn', source, problem, twin });
  expect(await listedVariant(backend, id, never)).toMatchObject({ source, problem });
  expect(await listedVariant(backend, twin.id, never)).toEqual({ name: 'churn', source: twin.source });
  await expect(listedVariant(backend, 'gone.yaml' as PipelineId, never)).rejects.toMatchObject({
    kind: 'notFound',
  });
});
