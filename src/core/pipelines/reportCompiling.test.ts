import { expect, it } from 'vitest';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import type { BackendChange } from '../ports/pipelineBackend.ts';
import { reportCompiling } from './reportCompiling.ts';

const never = new AbortController().signal;

it('reports whether a pipeline compiled, and otherwise acts like the backend', async () => {
  const fake = new FakePipelineBackend();
  const good = fake.addPipeline({ name: 'good' });
  const bad = fake.addPipeline({ name: 'bad', problem: { what: 'syntax', message: 'no' } });
  const changes: BackendChange[] = [];
  const backend = reportCompiling(fake);
  const stop = backend.watch((change) => changes.push(change));
  const request = { pipeline: good, parameters: {}, cache: true, idempotencyKey: 'one' };
  await backend.prepareRun(request, never);
  await expect(backend.getPipeline(bad, never)).rejects.toMatchObject({ kind: 'invalid' });
  await expect(backend.getPipeline(good, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
  expect(changes).toEqual([
    { kind: 'compiled', pipeline: good },
    { kind: 'compiled', pipeline: bad, error: expect.objectContaining({ kind: 'invalid' }) },
  ]);
  expect(await backend.createRun(request, never)).toBe('good-1');
  expect(changes.map(({ kind }) => kind)).toContain('runs');
  stop();
  changes.length = 0;
  await backend.getPipeline(good, never);
  expect(changes).toEqual([]);
  expect((await backend.listRuns({}, never)).items).toHaveLength(1);
  expect(backend.connection.name).toBe('This machine');
});
