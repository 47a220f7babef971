import type { Cluster } from '../../adapters/kubernetes/cluster.ts';
import type { ConnectionInfo } from '../../core/domain/connection.ts';
import type { Connection } from '../../core/ports/connections.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import { once } from '../once.ts';
import type { ConfiguredCluster } from './clusterRow.ts';

/** What opens the objects of a server. */
export interface ClusterObjectsDeps {
  /** All connections of the setting. */
  readonly others: () => readonly Connection[];
  /** The cluster of its kube context. */
  readonly kube: () => Promise<Cluster | undefined>;
}

/**
 * The objects of a server's runs: in the store that its row names, else in the one beside it in the cluster of its kube
 * context. Undefined where neither is known.
 */
export function clusterObjects(
  { info, kube: context, storeName }: ConfiguredCluster,
  { others, kube }: ClusterObjectsDeps,
): (() => Promise<ObjectStore>) | undefined {
  const opening = () => import('./openClusterStore.ts');
  if (storeName !== undefined)
    return async () => {
      const { namedStore } = await opening();
      const store = others().find((other) => isStoreOf(other.info, storeName))?.store;
      return namedStore(store, { storeName, server: info });
    };
  if (context === undefined) return undefined;
  return once(async () => (await opening()).storeInside(await kube(), info));
}

/** True where a server's row names this connection as the store of its artifacts. */
export function isStoreOf({ id, name, kind }: ConnectionInfo, storeName: string | undefined): boolean {
  if (kind !== 's3' && kind !== 'folder') return false;
  const wanted = storeName?.toLowerCase();
  return wanted === id || wanted === name.toLowerCase();
}
