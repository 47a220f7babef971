import { expect, it } from 'vitest';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemorySchedules } from '../../../test/fakes/memorySchedules.ts';
import { keeping } from '../../../test/fakes/keeping.ts';
import type { ConnectionInfo } from '../domain/connection.ts';
import type { ExperimentId } from '../domain/experiment.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import type { RunId } from '../domain/run.ts';
import type { ScheduleId } from '../domain/schedule.ts';
import { overriding } from '../ports/overriding.ts';
import { guardedBackend } from './guardedBackend.ts';

const never = new AbortController().signal;

function backendOf(more: Partial<ConnectionInfo>) {
  const fake = keeping(new FakePipelineBackend());
  fake.addPipeline({ name: 'iris' });
  fake.schedules = new MemorySchedules(fake);
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
  const { library, experiments, schedules } = backend;
  const timing = { kind: 'interval', seconds: 60 } as const;
  const request = { pipeline: 'iris.yaml' as PipelineId, parameters: {}, cache: true, idempotencyKey: 's' };
  await expect(schedules?.create({ ...request, name: 'a', timing }, never)).rejects.toMatchObject(refused);
  await expect(schedules?.enable('a' as ScheduleId, false, never)).rejects.toMatchObject(refused);
  await expect(schedules?.delete('a' as ScheduleId, never)).rejects.toMatchObject(refused);
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
