import { expect, it } from 'vitest';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { keeping } from '../../../test/fakes/keeping.ts';
import type { ConnectionInfo } from '../domain/connection.ts';
import type { ExperimentId } from '../domain/experiment.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import type { RunId } from '../domain/run.ts';
import { overriding } from '../ports/overriding.ts';
import { guardedBackend } from './guardedBackend.ts';

const never = new AbortController().signal;

function backendOf(more: Partial<ConnectionInfo>) {
  const fake = keeping(new FakePipelineBackend());
  fake.addPipeline({ name: 'iris' });
  const backend = guardedBackend(overriding(fake, { connection: { ...fake.connection, ...more } }));
  const request = { pipeline: 'iris.yaml' as PipelineId, parameters: {}, cache: true, idempotencyKey: 'k' };
  return { fake, backend, start: () => backend.createRun(request, never) };
}

it.each([
  [{ readOnly: true }, 'is read-only.'],
  [{ protectedNamespaces: ['prod'], namespace: 'prod' }, 'The namespace prod of'],
  [{ protectedNamespaces: ['team', 'prod-*'], namespace: 'prod-eu' }, 'The namespace prod-eu of'],
  [{ protectedNamespaces: ['prod'] }, 'Which namespace of'],
])('nothing is changed through a connection with %j', async (more, message) => {
  const { fake, backend, start } = backendOf(more);
  const id = '1' as RunId;
  const refused = { kind: 'forbidden', message: expect.stringContaining(message) };
  await expect(start()).rejects.toMatchObject(refused);
  await expect(backend.stopRun(id, never)).rejects.toMatchObject(refused);
  await expect(backend.deleteRun(id, never)).rejects.toMatchObject(refused);
  await expect(backend.retryRun?.(id, never)).rejects.toMatchObject(refused);
  await expect(backend.archiveRun?.(id, true, never)).rejects.toMatchObject(refused);
  const { library, experiments } = backend;
  const pipeline = 'iris.yaml' as PipelineId;
  await expect(library?.upload({ pipeline, name: 'iris' }, never)).rejects.toMatchObject(refused);
  await expect(library?.delete(pipeline, never)).rejects.toMatchObject(refused);
  await expect(experiments?.create('a', never)).rejects.toMatchObject(refused);
  await expect(experiments?.archive('a' as ExperimentId, true, never)).rejects.toMatchObject(refused);
  await expect(experiments?.delete('a' as ExperimentId, never)).rejects.toMatchObject(refused);
  expect((await fake.listRuns({}, never)).items).toEqual([]);
  expect((await backend.listPipelines({}, never)).items).toHaveLength(1);
});

it.each([{}, { protectedNamespaces: ['prod'], namespace: 'team' }, { namespace: 'prod' }])(
  'a connection with %j is written to',
  async (more) => {
    const { fake, start } = backendOf(more);
    await start();
    expect((await fake.listRuns({}, never)).items).toHaveLength(1);
  },
);

it('a backend that cannot do something still cannot', () => {
  const backend = guardedBackend(new FakePipelineBackend());
  expect(backend).not.toHaveProperty('retryRun');
  expect(backend).not.toHaveProperty('library');
});
