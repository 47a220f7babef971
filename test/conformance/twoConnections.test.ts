// Two homes of this machine at once, each a connection of its own: runs of one id in both are kept apart.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndClaim } from '../../src/adapters/localRunner/runs/endClaim.ts';
import { homeAt } from '../../src/adapters/localRunner/home.ts';
import { type ConnectionId, thisMachine } from '../../src/core/domain/connection.ts';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import { isActive, type RunId } from '../../src/core/domain/run.ts';
import type { BackendChange } from '../../src/core/ports/pipelineBackend.ts';
import {
  localMachine,
  never,
  repository,
  runEnded,
  runUntil,
  startRun,
  type LocalMachine,
} from './localMachine.ts';

const team = 'team' as ConnectionId;
const folders = [path.join(repository, 'test', 'contract', 'pipelines')];
const quick = 'quick-1' as RunId;
let here: LocalMachine;
let there: LocalMachine;

beforeAll(async () => {
  here = await localMachine(folders);
  there = await localMachine(folders, { connection: { id: team, name: 'Team home' } });
});
afterAll(() => Promise.all([here.remove(), there.remove()]));

/** A record as 0.1.0 wrote it: nothing in it names a connection. */
const recordOf010 = {
  schema: 1,
  seq: 2,
  id: 'iris-90',
  number: 90,
  name: 'iris-90',
  pipeline: { id: 'sample:iris', name: 'iris', source: { kind: 'sample', label: 'iris' } },
  createdAt: 1000,
  arguments: { max_depth: 3 },
  cache: true,
  notes: [],
  state: 'succeeded',
  startedAt: 1100,
  endedAt: 1200,
  environments: [
    { id: '3f7f053afac1', state: 'ready', line: null, log: null, startedAt: null, endedAt: null },
  ],
  error: null,
  outputs: {},
  tasks: [
    {
      path: 'load',
      name: 'load',
      displayName: 'load',
      component: 'comp-load',
      kind: 'task',
      state: 'succeeded',
      because: null,
      startedAt: 1100,
      endedAt: 1200,
      attempts: [],
      retries: 0,
      cachedFrom: 'iris-89',
      log: 'tasks/1/log',
      inputs: {},
      outputs: {},
      artifacts: [],
      metrics: {},
      error: null,
    },
  ],
};

describe('two connections', () => {
  it('each have a run with the same id, with values of its own', async () => {
    for (const [{ backend }, word] of [
      [here, 'here'],
      [there, 'there'],
    ] as const) {
      const run = await runEnded(backend, await startRun(backend, 'quick.yaml', { word }));
      expect(run).toMatchObject({ id: quick, label: quick, connection: backend.connection.id });
      expect((await backend.getRun(quick, never)).parameters).toMatchObject({ word });
      expect(await backend.findRuns('1', never)).toMatchObject([{ id: quick, connection: run.connection }]);
    }
  });

  it('take nothing from each other’s cache', async () => {
    const run = await runEnded(there.backend, await startRun(there.backend, 'quick.yaml', { word: 'here' }));
    expect(run.counts.cached).toBe(0);
  });

  it('report only their own changes, and each end is announced once in its home', async () => {
    const changes: (readonly [ConnectionId, BackendChange])[] = [];
    const stops = [here, there].map(({ backend }) =>
      backend.watch((change) => changes.push([backend.connection.id, change])),
    );
    const id = await startRun(there.backend, 'slow.yaml');
    await runUntil(there.backend, id, ({ state }) => state === 'running');
    await there.backend.stopRun(id, never);
    await runUntil(there.backend, id, ({ state }) => !isActive(state));
    for (const stop of stops) stop();
    expect(new Set(changes.map(([connection]) => connection))).toEqual(new Set([team]));
    const [own, other] = [createEndClaim(homeAt(here.home)), createEndClaim(homeAt(there.home))];
    expect([await own.claim(quick), await own.claim(quick), await other.claim(quick)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('keep a run when the other deletes its run of the same id', async () => {
    await there.backend.deleteRun(quick, never);
    await expect(there.backend.getRun(quick, never)).rejects.toMatchObject({ kind: 'notFound' });
    expect(await here.backend.getRun(quick, never)).toMatchObject({ state: 'succeeded' });
  });

  it('take a yes for one of them only', async () => {
    const pipeline = 'quick.yaml' as PipelineId;
    const request = { pipeline, parameters: {}, cache: true, idempotencyKey: 'one yes' };
    const { fingerprint } = await here.backend.prepareRun(request, never);
    await expect(there.backend.createRun({ ...request, agreed: fingerprint }, never)).rejects.toMatchObject({
      kind: 'conflict',
    });
  });
});

it('a home from 0.1.0 belongs to this machine', async () => {
  const folder = path.join(here.home, 'runs', '90');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'run.json'), JSON.stringify(recordOf010));
  expect(await here.backend.getRun('iris-90' as RunId, never)).toMatchObject({
    connection: thisMachine,
    label: 'iris-90',
    state: 'succeeded',
    tasks: [{ cachedFrom: { id: 'iris-89', label: 'iris-89' } }],
  });
});
