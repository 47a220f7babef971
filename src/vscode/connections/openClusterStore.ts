import type { Cluster } from '../../adapters/kubernetes/cluster.ts';
import { guardedStore } from '../../core/connections/guardedStore.ts';
import type { ConnectionInfo } from '../../core/domain/connection.ts';
import type { Connection } from '../../core/ports/connections.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import { asName } from '../../core/text/literal.ts';
import { deadline } from '../deadline.ts';
import { usualRegion } from './storeRow.ts';

/** The store that a server's row names; it may be changed where both connections may. Throws MlopsError notFound where there is no such connection. */
export async function namedStore(
  store: Connection['store'],
  { storeName, server }: { readonly storeName: string; readonly server: ConnectionInfo },
): Promise<ObjectStore> {
  if (store !== undefined) return guardedStore(server, await store());
  throw new MlopsError(
    'notFound',
    `There is no object store ${asName(storeName)}, which ${asName(server.name)} names as the store of its artifacts.`,
    { hint: 'Add it with MLOps: Add object store, or correct "store" in the setting mlops.connections.' },
  );
}

/** The store beside Kubeflow Pipelines in a cluster. Its keys stay in memory: each window reads them from the cluster. */
export async function storeInside(cluster: Cluster | undefined, info: ConnectionInfo): Promise<ObjectStore> {
  const { name } = info;
  if (cluster === undefined) throw new MlopsError('internal', `${asName(name)} has no kube context.`);
  const { createS3 } = await import('../../adapters/s3/s3.ts');
  const { service, accessKey, secretKey } = await cluster.store.find(deadline());
  const store = createS3({
    address: {
      ...{ name, endpoint: 'http://localhost', region: usualRegion, pathStyle: true },
      where: `the service ${asName(service.service)} in ${asName(service.namespace)}`,
    },
    credentials: { accessKey, secretKey },
    agent: cluster.store.agent,
  });
  return guardedStore(info, store);
}
