import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { SilentLog } from '../../../test/fakes/silentLog.ts';
import { playLife, readLife } from '../../../test/servers/kfp/recordedLife.ts';
import { startKfpServer } from '../../../test/servers/kfp/server.ts';
import { specOf } from '../../../test/servers/kfp/specs.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { BackendChange } from '../../core/ports/pipelineBackend.ts';
import { createKubeflow } from './kubeflow.ts';

const recordings = path.join(import.meta.dirname, '../../../test/recordings/kfp');

it('tells of a run with a waiting task at each look, since no list tells what it waits for', async () => {
  const life = await readLife(path.join(recordings, 'lives', 'unschedulable-gpu-stays.json'));
  const server = await startKfpServer({ lifeOf: (run, now) => playLife(life, run, now) });
  const clock = new FakeClock();
  const backend = createKubeflow({
    connection: { id: 'c' as ConnectionId, kind: 'kubeflow', name: 'Cluster', readOnly: false, about: '' },
    ...{ endpoint: server.address, clock, log: new SilentLog() },
    attention: { present: true, onDidChange: () => () => undefined },
  });
  const text = await readFile(path.join(recordings, 'pipelines', life.pipeline), 'utf8');
  const body = JSON.stringify({ display_name: 'waits', pipeline_spec: specOf(text) });
  await fetch(`${server.address}/apis/v2beta1/runs`, { method: 'POST', body });
  server.advance(10_000);
  const told: BackendChange[] = [];
  const stop = backend.watch((change) => told.push(change));
  const resting = () => expect.poll(() => clock.waiting, { timeout: 5000, interval: 5 }).toBe(1);
  await resting();
  expect(told).toEqual([]);
  const [run] = server.state.runs.keys();
  for (const _look of [1, 2]) {
    const before = told.length;
    await clock.advance(9000);
    await expect.poll(() => told.length, { timeout: 5000, interval: 5 }).toBeGreaterThan(before);
    await resting();
  }
  expect(told.at(-1)).toEqual({ kind: 'runs', runs: [run] });
  stop();
  await server.close();
});
