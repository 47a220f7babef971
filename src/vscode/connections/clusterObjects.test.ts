import { expect, test } from 'vitest';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import type { ConnectionId, ConnectionInfo } from '../../core/domain/connection.ts';
import type { Connection } from '../../core/ports/connections.ts';
import { clusterObjects, isStoreOf } from './clusterObjects.ts';
import type { ConfiguredCluster } from './clusterRow.ts';

const info = (name: string, kind: ConnectionInfo['kind']): ConnectionInfo => ({
  ...{ id: name.toLowerCase() as ConnectionId, kind, name, readOnly: false, about: '' },
});
const cluster: ConfiguredCluster = {
  ...{ info: info('Cluster', 'kubeflow'), endpoint: 'http://127.0.0.1:8888', signIn: 'none' },
};
const never = new AbortController().signal;
const store = new MemoryObjectStore().put('runs', 'a/model', 'bytes');
const deps = (...others: Connection[]) => ({ others: () => others, kube: async () => undefined });

test('the store that a server names is used, whatever becomes of it meanwhile', async () => {
  const others: Connection[] = [];
  const open = clusterObjects({ ...cluster, storeName: 'objects' }, { ...deps(), others: () => others });
  await expect(open?.()).rejects.toMatchObject({
    kind: 'notFound',
    message: 'There is no object store objects, which Cluster names as the store of its artifacts.',
  });
  others.push({ info: info('Objects', 's3'), store: async () => store });
  expect(await (await open?.())?.listBuckets(never)).toMatchObject([{ name: 'runs' }]);
});

test('through a server that is read-only nothing is changed in its store', async () => {
  const others = [{ info: info('Objects', 's3'), store: async () => store }];
  const readOnly = { ...cluster, info: { ...cluster.info, readOnly: true }, storeName: 'objects' };
  const opened = await clusterObjects(readOnly, deps(...others))?.();
  await expect(opened?.writes?.createBucket('other', never)).rejects.toMatchObject({
    kind: 'forbidden',
    message: 'The connection Cluster is read-only.',
  });
});

test('a server at an endpoint that names none has no objects', () => {
  expect(clusterObjects(cluster, deps())).toBeUndefined();
});

test('servers are no stores, and neither is this machine', () => {
  expect(isStoreOf(info('Objects', 's3'), 'OBJECTS')).toBe(true);
  expect(isStoreOf(info('Cluster', 'kubeflow'), 'Cluster')).toBe(false);
  expect(isStoreOf(info('Objects', 's3'), undefined)).toBe(false);
});
