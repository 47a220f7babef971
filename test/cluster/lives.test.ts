import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { KubeApi } from '../../src/adapters/kubernetes/kubeApi.ts';
import { eventsOfWorkflow, podsOfRun } from '../../src/adapters/kubernetes/runPods.ts';
import { playLife, readLife, type RecordedLife } from '../servers/kfp/recordedLife.ts';
import { type KfpServer, startKfpServer } from '../servers/kfp/server.ts';
import { specOf } from '../servers/kfp/specs.ts';
import { noCluster, World } from './support/world.ts';

const never = new AbortController().signal;
const recordings = path.join(import.meta.dirname, '..', 'recordings', 'kfp');

describe.skipIf(noCluster)('a recorded life in a cluster', () => {
  let world: World;
  let server: KfpServer;
  let life: RecordedLife;
  let api: KubeApi;
  beforeAll(async () => {
    const place = inject('cluster');
    if ('missing' in place) return;
    world = await World.open();
    api = new KubeApi({ kubeconfig: await world.kubeconfig() });
    server = await startKfpServer({
      kubernetes: { place, namespace: world.namespace },
      lifeOf: (run, now) => playLife(life, run, now),
    });
  });
  afterAll(async () => {
    api.close();
    await server.close();
    await world.close();
  });

  /** Starts a run with a life, and moves on to its end. */
  const play = async (name: string): Promise<{ readonly run: string; readonly workflow: string }> => {
    life = await readLife(path.join(recordings, 'lives', `${name}.json`));
    const text = await readFile(path.join(recordings, 'pipelines', life.pipeline), 'utf8');
    const body = JSON.stringify({ display_name: name, pipeline_spec: specOf(text) });
    const answer = await fetch(`${server.address}/apis/v2beta1/runs`, { method: 'POST', body });
    const { run_id: run } = (await answer.json()) as { readonly run_id: string };
    server.advance(600_000);
    const workflow = server.state.runs.get(run)?.life.workflow ?? '';
    await server.written();
    return { run, workflow };
  };

  it('has its workflow, with the phase of its end', async () => {
    const { run, workflow } = await play('user-exception');
    const kind = `/apis/argoproj.io/v1alpha1/namespaces/${world.namespace}/workflows`;
    const written = await world.client.send('GET', `${kind}/${workflow}`);
    expect(written).toMatchObject({
      metadata: { labels: { 'pipeline/runid': run, 'workflows.argoproj.io/phase': 'Failed' } },
      status: { phase: 'Failed' },
    });
  });

  it('has the pods that were recorded, with how they ended', async () => {
    const { run } = await play('user-exception');
    const { items } = await podsOfRun(api, { namespace: world.namespace, run }, never);
    expect(items).toHaveLength(life.pods.length);
    const failed = items.filter(({ status }) => status?.phase === 'Failed');
    expect(failed.map(({ status }) => JSON.stringify(status))).toEqual([
      expect.stringContaining('"exitCode":1'),
    ]);
  });

  it('has the events that were recorded, under the name of its workflow', async () => {
    const { workflow } = await play('image-pull-back-off');
    const { items } = await eventsOfWorkflow(api, { namespace: world.namespace, workflow }, never);
    expect(items).toHaveLength(life.events.length);
    expect(items.map((event) => event['reason'])).toContain('BackOff');
  });
});
