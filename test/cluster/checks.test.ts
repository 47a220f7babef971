import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterChecks } from '../../src/adapters/kubernetes/checks.ts';
import { Cluster, type ClusterOptions } from '../../src/adapters/kubernetes/cluster.ts';
import { checkUp, type CheckUp } from '../../src/core/connections/doctor.ts';
import type { ConnectionId } from '../../src/core/domain/connection.ts';
import { SilentLog } from '../fakes/silentLog.ts';
import { systemClock } from '../fakes/systemClock.ts';
import { type KfpServer, startKfpServer } from '../servers/kfp/server.ts';
import { noCluster, World } from './support/world.ts';

const never = new AbortController().signal;
const info = {
  id: 'c' as ConnectionId,
  kind: 'kubeflow',
  name: 'Cluster',
  readOnly: false,
  about: '',
} as const;

describe.skipIf(noCluster)('a check-up of a connection by a kube context', () => {
  let world: World;
  let server: KfpServer;
  beforeAll(async () => {
    world = await World.open();
    server = await startKfpServer();
    const listens = Number(new URL(server.address).port);
    await world.pod('ml-pipeline-1', { labels: { app: 'ml-pipeline' } });
    await world.forwards('ml-pipeline-1', listens);
    await world.service('ml-pipeline', { app: 'ml-pipeline', port: 8888, listens, pod: 'ml-pipeline-1' });
  });
  afterAll(async () => {
    await server.close();
    await world.close();
  });

  const check = async (
    context: { readonly kubeconfig: string; readonly context?: string },
    options: Partial<ClusterOptions> = {},
  ): Promise<CheckUp> => {
    const cluster = new Cluster({ context, clock: systemClock, log: new SilentLog(), ...options });
    const checked = await checkUp({ info, checks: async () => clusterChecks(cluster) }, never);
    cluster.close();
    return checked;
  };

  it('finds nothing wrong where all is well', async () => {
    const { steps, wrong } = await check({ kubeconfig: await world.kubeconfig() });
    expect(wrong).toBeUndefined();
    expect(steps.map(({ finding }) => finding?.words)).toEqual([
      `The context test leads to ${world.place.server}.`,
      'The cluster answers and takes your credentials.',
      'Both clocks agree.',
      `Kubeflow Pipelines is in the namespace ${world.namespace}.`,
      'Its Pipelines API answers.',
      'None is needed.',
      'None is needed.',
      'The cluster knows workflows and scheduled workflows.',
      `You may read pods, logs and events in ${world.namespace}.`,
    ]);
  });

  it('ends at a context that is not there', async () => {
    const { wrong, steps } = await check({ kubeconfig: await world.kubeconfig(), context: 'prod' });
    expect(wrong).toMatchObject({
      what: 'kubeconfig',
      finding: { words: 'The kubeconfig has no context prod.' },
    });
    expect(steps[1]?.finding).toBeUndefined();
  });

  it('ends at credentials that are not taken', async () => {
    const { wrong } = await check({ kubeconfig: await world.kubeconfig({ user: { token: 'expired' } }) });
    expect(wrong?.what).toBe('cluster');
  });

  it('says that the clock is wrong, also where it makes the credentials count as expired', async () => {
    const late = { ...systemClock, now: () => systemClock.now() - 10 * 60_000 };
    const expired = await world.kubeconfig({ user: { token: 'expired' } });
    for (const kubeconfig of [await world.kubeconfig(), expired]) {
      const { wrong } = await check({ kubeconfig }, { clock: late });
      expect(wrong?.finding.words).toBe('The clock of this machine is 10 min behind that of the server.');
    }
  });

  it('says which service account is missing, and takes one that is there', async () => {
    const { namespace } = world;
    const named = async () =>
      check({ kubeconfig: await world.kubeconfig() }, { namespace, serviceAccount: 'default-editor' });
    expect((await named()).wrong).toMatchObject({
      what: 'sign-in',
      finding: { words: `There is no such account: the service account default-editor in ${namespace}.` },
    });
    await world.create('serviceaccounts', { metadata: { name: 'default-editor' } });
    const { wrong, steps } = await named();
    expect(wrong).toBeUndefined();
    expect(steps.find(({ what }) => what === 'sign-in')?.finding?.words).toBe(
      'The service account of the connection is accepted.',
    );
  });

  it('names the rights that are missing', async () => {
    await world.grant(
      { resources: ['services', 'pods'], verbs: ['get', 'list'] },
      { resources: ['services/proxy'], verbs: ['get', 'create'] },
    );
    const { wrong } = await check({ kubeconfig: await world.guestKubeconfig() });
    expect(wrong?.what).toBe('rights');
    expect(wrong?.finding.words).toBe(
      `In ${world.namespace} you may not read logs of pods, read events, follow workflows.`,
    );
  });
});
