import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Cluster } from '../../src/adapters/kubernetes/cluster.ts';
import type { RunId } from '../../src/core/domain/run.ts';
import { kubeflowSubject, sceneOf } from '../contract/kubeflowSubject.ts';
import type { BackendSubject } from '../contract/pipelineBackend.ts';
import { requestFor } from '../contract/runLists.ts';
import { SilentLog } from '../fakes/silentLog.ts';
import { systemClock } from '../fakes/systemClock.ts';
import { type KfpServer, startKfpServer } from '../servers/kfp/server.ts';
import { noCluster, World } from './support/world.ts';

const never = new AbortController().signal;

describe.skipIf(noCluster)('the log of a step in a cluster', () => {
  let world: World;
  let server: KfpServer;
  let subject: BackendSubject;
  beforeAll(async () => {
    const place = inject('cluster');
    if ('missing' in place) return;
    world = await World.open();
    server = await startKfpServer({ step: 20, sceneOf, kubernetes: { place, namespace: world.namespace } });
    const context = { kubeconfig: await world.kubeconfig() };
    const { namespace } = world;
    const cluster = new Cluster({ context, namespace, clock: systemClock, log: new SilentLog() });
    subject = await kubeflowSubject({
      address: server.address,
      way: { endpoint: server.address, pods: cluster.runPods() },
      nextVersion: async () => server.advance(1000),
      close: async () => cluster.close(),
    });
  });
  afterAll(async () => {
    await subject.remove();
    await server.close();
    await world.close();
  });

  const asked = () => server.calls.filter((call) => call.endsWith('/log')).length;
  const read = async (id: RunId): Promise<string> => {
    const { bytes } = await subject.backend.readLog(id, 'say', { limit: 1000 }, never);
    let text = '';
    for await (const piece of bytes) text += Buffer.from(piece).toString();
    return text;
  };

  it('comes from its pod while that is there, and then from the server', async () => {
    const id = await subject.backend.createRun(requestFor(subject, { parameters: { word: 'hi' } }), never);
    await subject.ended(id);
    await server.written();
    const before = asked();
    await world.until(async () => (await read(id)).includes('say hi'));
    const fromPod = asked();
    const pods = await world.client.send('GET', `/api/v1/namespaces/${world.namespace}/pods`);
    for (const { metadata } of pods['items'] as { metadata: { name: string } }[])
      await world.deletePod(metadata.name);
    expect(await read(id)).toContain('say hi');
    expect([fromPod - before, asked() - fromPod]).toEqual([0, 1]);
  });
});
