import { inject } from 'vitest';
import { Cluster } from '../../src/adapters/kubernetes/cluster.ts';
import { keptPipelines } from '../contract/keptPipelines.ts';
import { kubeflowSubject, sceneOf } from '../contract/kubeflowSubject.ts';
import { type BackendSubject, pipelineBackendContract } from '../contract/pipelineBackend.ts';
import { SilentLog } from '../fakes/silentLog.ts';
import { systemClock } from '../fakes/systemClock.ts';
import { startKfpServer } from '../servers/kfp/server.ts';
import { noCluster, World } from './support/world.ts';

if (!noCluster)
  pipelineBackendContract('Kubeflow Pipelines in a cluster, by a kube context', make, keptPipelines);

async function make(): Promise<BackendSubject> {
  const world = await World.open();
  const cluster = inject('cluster');
  if ('missing' in cluster) throw new Error(cluster.missing);
  const kubernetes = { place: cluster, namespace: world.namespace };
  const server = await startKfpServer({ step: 50, sceneOf, kubernetes });
  const listens = Number(new URL(server.address).port);
  await world.pod('ml-pipeline-1', { labels: { app: 'ml-pipeline' } });
  await world.forwards('ml-pipeline-1', listens);
  await world.service('ml-pipeline', { app: 'ml-pipeline', port: 8888, listens });
  const context = { context: 'test', kubeconfig: await world.kubeconfig() };
  const reached = new Cluster({ context, clock: systemClock, log: new SilentLog() });
  const { fetch, address: endpoint } = reached.pipelines;
  return kubeflowSubject({
    address: server.address,
    way: {
      ...{ endpoint, fetch, pods: reached.runPods(), where: 'in the context test' },
      page: 'https://kubeflow.example.test/pipeline',
    },
    nextVersion: async () => server.advance(1000),
    close: async () => {
      reached.close();
      await server.close();
      await world.close();
    },
  });
}
