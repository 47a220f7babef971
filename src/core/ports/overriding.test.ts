import { expect, it } from 'vitest';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import type { RunId } from '../domain/run.ts';
import { overriding } from './overriding.ts';
import type { PipelineBackend } from './pipelineBackend.ts';

const never = new AbortController().signal;
const members: Readonly<Record<keyof PipelineBackend, 'always' | 'sometimes'>> = {
  connection: 'always',
  gaps: 'sometimes',
  listPipelines: 'always',
  getPipeline: 'always',
  judge: 'always',
  prepareRun: 'always',
  createRun: 'always',
  listRuns: 'always',
  getRun: 'always',
  taskGraph: 'always',
  findRuns: 'always',
  readLog: 'always',
  readSource: 'sometimes',
  readEvidence: 'sometimes',
  importedFiles: 'sometimes',
  runFolder: 'sometimes',
  retryRun: 'sometimes',
  archiveRun: 'sometimes',
  pageOf: 'sometimes',
  library: 'sometimes',
  experiments: 'sometimes',
  stopRun: 'always',
  deleteRun: 'always',
  compiler: 'sometimes',
  approvals: 'sometimes',
  schedules: 'sometimes',
  environments: 'sometimes',
  space: 'sometimes',
  watch: 'always',
};

function backendWith(names: readonly string[]): PipelineBackend {
  return Object.fromEntries(names.map((name) => [name, () => name])) as unknown as PipelineBackend;
}

it('makes all other calls on the backend itself, so that its private fields work', async () => {
  const fake = new FakePipelineBackend();
  fake.addPipeline({ name: 'iris' });
  const backend = overriding(fake, { runFolder: () => Promise.resolve('/elsewhere') });
  expect((await backend.listPipelines({}, never)).items).toHaveLength(1);
  expect(await backend.runFolder?.('iris-1' as RunId)).toBe('/elsewhere');
});

it('has exactly the members that the backend has', () => {
  const all = Object.keys(members).toSorted();
  const always = all.filter((name) => members[name as keyof PipelineBackend] === 'always');
  expect(Object.keys(overriding(backendWith(all), {})).toSorted()).toEqual(all);
  expect(Object.keys(overriding(backendWith(always), {})).toSorted()).toEqual(always);
});
