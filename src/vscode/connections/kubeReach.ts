import type { KubeReach } from '../../core/connections/kubeReach.ts';
import type { ConfiguredCluster, KubeRow } from './clusterRow.ts';

/**
 * Where the kube context of a connection leads to; undefined for one by an endpoint. The kubeconfig is read; nothing is
 * run or contacted.
 */
export async function kubeReach({ kube }: ConfiguredCluster): Promise<KubeReach | undefined> {
  if (kube === undefined) return undefined;
  const { readContext } = await import('../../adapters/kubernetes/kubeconfig.ts');
  return readContext(kube);
}

/** A context that a kubeconfig has. */
export interface OfferedContext extends KubeRow {
  readonly server: string;
}

/** The contexts of a kubeconfig, the current one first; those of the person's own where none is named. */
export async function kubeContexts(kubeconfig?: string): Promise<readonly OfferedContext[]> {
  const { readContexts } = await import('../../adapters/kubernetes/kubeconfig.ts');
  const contexts = await readContexts({ kubeconfig });
  const file = kubeconfig === undefined ? {} : { kubeconfig };
  return contexts
    .toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent))
    .map(({ name, server }) => ({ context: name, server, ...file }));
}
