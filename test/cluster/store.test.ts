import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../../src/adapters/kubernetes/cluster.ts';
import { createS3 } from '../../src/adapters/s3/s3.ts';
import { collected } from '../../src/core/logs/bytes.ts';
import type { ObjectStore } from '../../src/core/ports/objectStore.ts';
import { SilentLog } from '../fakes/silentLog.ts';
import { systemClock } from '../fakes/systemClock.ts';
import { fill } from '../servers/s3/s3Server.ts';
import { cannotBuild, startVersitygw } from '../servers/s3/versitygw.ts';
import { type Cable, layCable } from './support/cable.ts';
import { noCluster, World } from './support/world.ts';

const never = new AbortController().signal;
const noStore = noCluster || (await cannotBuild()) !== undefined;
/** More than a tunnel holds at once. */
const large = Uint8Array.from({ length: 5_000_000 }, (_, index) => (index * 31) % 251);

describe.skipIf(noStore)('the object store in the cluster', () => {
  let world: World;
  let cable: Cable;
  let stop: () => Promise<void>;
  const opened: Cluster[] = [];
  const open = (kubeconfig: string, namespace?: string): Cluster => {
    const log = new SilentLog();
    const cluster = new Cluster({ context: { kubeconfig }, namespace, clock: systemClock, log });
    opened.push(cluster);
    return cluster;
  };
  const storeOf = async ({ store }: Cluster): Promise<ObjectStore> => {
    const { accessKey, secretKey } = await store.find(never);
    const address = { name: 'Cluster', endpoint: 'http://localhost', where: 'minio-service' };
    return createS3({
      address: { ...address, region: 'us-east-1', pathStyle: true },
      credentials: { accessKey, secretKey },
      agent: store.agent,
    });
  };

  beforeAll(async () => {
    world = await World.open();
    cable = await layCable(world.place.server);
    await world.service('ml-pipeline', { app: 'ml-pipeline', port: 8888, listens: 8888 });
  });
  afterAll(async () => {
    for (const cluster of opened) cluster.close();
    await cable.close();
    await stop?.();
    await world.close();
  });

  it('is said to be missing where there is none', async () => {
    await expect(open(await world.kubeconfig()).store.find(never)).rejects.toMatchObject({
      kind: 'unsupported',
      message: 'The cluster of the context test has no object store beside Kubeflow Pipelines.',
      hint: /MLOps: Add object store/,
    });
  });

  it('is read with the keys of its secret, through a tunnel', async () => {
    const server = await startVersitygw();
    ({ stop } = server);
    const { address, credentials } = server.place;
    await fill(server.place, { mlpipeline: { 'v2/artifacts/model': large } });
    const listens = Number(new URL(address.endpoint).port);
    await world.pod('minio-1', { labels: { app: 'minio' } });
    await world.forwards('minio-1', listens);
    await world.service('minio-service', { app: 'minio', port: 9000, listens, pod: 'minio-1' });
    const data = { accesskey: btoa(credentials.accessKey), secretkey: btoa(credentials.secretKey) };
    await world.create('secrets', { metadata: { name: 'mlpipeline-minio-artifact' }, data });
    const cluster = open(await world.kubeconfig({ by: cable.server }));
    const { namespace } = world;
    expect((await cluster.store.find(never)).service).toEqual({
      ...{ namespace, service: 'minio-service', port: 9000 },
    });
    const store = await storeOf(cluster);
    expect(await store.listBuckets(never)).toMatchObject([{ name: 'mlpipeline' }]);
    const read = () =>
      collected(store.read('mlpipeline', 'v2/artifacts/model', { limit: large.length }, never));
    expect(Buffer.compare(await read(), large)).toBe(0);
    cable.cut();
    expect(Buffer.compare(await read(), large)).toBe(0);
  });

  it('says which key may not be read', async () => {
    const { namespace } = world;
    await world.grant({ resources: ['services', 'pods'], verbs: ['get', 'list'] });
    await expect(open(await world.guestKubeconfig()).store.find(never)).rejects.toMatchObject({
      kind: 'forbidden',
      message: `You may not read the keys of the object store: the secret mlpipeline-minio-artifact in ${namespace}.`,
    });
  });

  it('says that it takes a tunnel where the cluster allows none', async () => {
    await world.grant(
      { resources: ['secrets'], verbs: ['get'] },
      { resources: ['services/proxy'], verbs: ['get'] },
    );
    const store = await storeOf(open(await world.guestKubeconfig()));
    await expect(store.listBuckets(never)).rejects.toMatchObject({
      kind: 'forbidden',
      message:
        'The cluster of the context test allows no port-forward, and its object store is reached by nothing else.',
    });
  });
});
