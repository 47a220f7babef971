import type { KubeReach } from '../../core/connections/kubeReach.ts';
import type { ConfiguredCluster } from './clusterRow.ts';

/**
 * Where the kube context of a connection leads to; undefined for one by an endpoint. The kubeconfig is read; nothing is
 * run or contacted.
 */
export async function kubeReach({ kube }: ConfiguredCluster): Promise<KubeReach | undefined> {
  if (kube === undefined) return undefined;
  const { readContext } = await import('../../adapters/kubernetes/kubeconfig.ts');
  return readContext(kube);
}
