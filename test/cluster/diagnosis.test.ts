import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createKubeflow } from '../../src/adapters/kubeflow/kubeflow.ts';
import { Cluster } from '../../src/adapters/kubernetes/cluster.ts';
import { diagnoseRun } from '../../src/core/diagnosis/diagnoseRun.ts';
import { mainFinding, renderDiagnosis } from '../../src/core/diagnosis/renderDiagnosis.ts';
import type { ConnectionId } from '../../src/core/domain/connection.ts';
import type { RunId } from '../../src/core/domain/run.ts';
import type { PipelineBackend } from '../../src/core/ports/pipelineBackend.ts';
import { SilentLog } from '../fakes/silentLog.ts';
import { systemClock } from '../fakes/systemClock.ts';
import { playLife, readLife, type RecordedLife } from '../servers/kfp/recordedLife.ts';
import { type KfpServer, startKfpServer } from '../servers/kfp/server.ts';
import { specOf } from '../servers/kfp/specs.ts';
import { noCluster, World } from './support/world.ts';

const never = new AbortController().signal;
const recordings = path.join(import.meta.dirname, '..', 'recordings', 'kfp');

describe.skipIf(noCluster)('the diagnosis of a run in a cluster', () => {
  let world: World;
  let server: KfpServer;
  let life: RecordedLife;
  const clusters: Cluster[] = [];
  const log = new SilentLog();

  beforeAll(async () => {
    const place = inject('cluster');
    if ('missing' in place) return;
    world = await World.open();
    server = await startKfpServer({
      kubernetes: { place, namespace: world.namespace },
      lifeOf: (run, now) => playLife(life, run, now),
    });
  });
  afterAll(async () => {
    for (const cluster of clusters) cluster.close();
    await server.close();
    await world.close();
  });

  const clusterOf = (kubeconfig: string): Cluster => {
    const { namespace } = world;
    const cluster = new Cluster({ context: { kubeconfig }, namespace, clock: systemClock, log });
    clusters.push(cluster);
    return cluster;
  };
  /** The server, with the pods of its cluster as far as a kubeconfig reaches. */
  const backendBy = (kubeconfig: string): PipelineBackend =>
    createKubeflow({
      connection: { id: 'c' as ConnectionId, kind: 'kubeflow', name: 'Cluster', readOnly: false, about: '' },
      endpoint: server.address,
      pods: clusterOf(kubeconfig).runPods(),
      clock: systemClock,
      log,
      attention: { present: false, onDidChange: () => () => undefined },
    });
  /** Starts a run with a recorded life and moves on in it. */
  const play = async (name: string, seconds: number): Promise<RunId> => {
    life = await readLife(path.join(recordings, 'lives', `${name}.json`));
    const text = await readFile(path.join(recordings, 'pipelines', life.pipeline), 'utf8');
    const body = JSON.stringify({ display_name: name, pipeline_spec: specOf(text) });
    const answer = await fetch(`${server.address}/apis/v2beta1/runs`, { method: 'POST', body });
    const { run_id: run } = (await answer.json()) as { readonly run_id: string };
    server.advance(seconds * 1000);
    server.state.runs.get(run)?.life.report(server.state.now());
    await server.written();
    return run as RunId;
  };
  const diagnosed = async (backend: PipelineBackend, run: RunId) => {
    const diagnosis = await diagnoseRun({ backend, clock: systemClock }, run, never);
    const { cause, path: task } = mainFinding(diagnosis) ?? {};
    return { cause, task, text: renderDiagnosis(diagnosis) };
  };

  it('names the image that could not be pulled, which only pods and events tell once it was stopped', async () => {
    const run = await play('image-pull-back-off', 600);
    const told = await diagnosed(backendBy(await world.kubeconfig()), run);
    expect(told).toMatchObject({ cause: 'stopped', task: 'say-2' });
    expect(told.text).toContain('its image `python:3.11` cannot be pulled');
    expect(told.text).not.toContain('Not seen');
  });

  it('names the container that ran out of memory', async () => {
    const run = await play('out-of-memory', 600);
    const told = await diagnosed(backendBy(await world.kubeconfig()), run);
    expect(told).toMatchObject({ cause: 'outOfMemory', task: 'split-rows' });
    expect(told.text).toContain('The container main: OOMKilled (exit code 137)');
  });

  it('says what a pod that no node takes waits for, and the run shows it', async () => {
    const run = await play('unschedulable-gpu-stays', 20);
    const backend = backendBy(await world.kubeconfig());
    const told = await diagnosed(backend, run);
    expect(told).toMatchObject({ cause: 'unschedulable', task: 'shell' });
    expect(told.text).toContain('An event of its pod: FailedScheduling');
    const { tasks } = await backend.getRun(run, never);
    expect(tasks.find(({ path: task }) => task === 'shell')).toMatchObject({
      state: 'pending',
      waitsFor: expect.stringContaining('0/3 nodes are available'),
    });
  });

  it('says that pods were not seen where they may not be, and diagnoses by the workflow', async () => {
    const run = await play('out-of-memory', 600);
    const told = await diagnosed(backendBy(await world.guestKubeconfig()), run);
    expect(told).toMatchObject({ cause: 'outOfMemory', task: 'split-rows' });
    expect(told.text).toMatch(/Not seen: its pods and their events \(.*does not allow/);
  });

  it('can read what a container printed before it was started again', async () => {
    await world.pod('again');
    await world.prints('again', 'now', 'it was killed');
    const pods = clusterOf(await world.kubeconfig()).runPods();
    await world.until(async () => (await pods.readLog('again', never)) !== undefined);
    expect(await pods.readLog('again', never, 'previous')).toBe('it was killed\n');
  });
});
