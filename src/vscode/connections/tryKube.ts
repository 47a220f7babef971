import { checkUp } from '../../core/connections/doctor.ts';
import type { Log } from '../../core/ports/log.ts';
import { isCancelled } from '../../core/ports/mlopsError.ts';
import { systemClock } from '../clock.ts';
import type { ConfiguredCluster } from './clusterRow.ts';
import type { TriedCluster } from './tryCluster.ts';

/** Looks for Kubeflow Pipelines in the cluster of a kube context that is about to be added, and checks the way there. */
export async function tryKube(
  wanted: ConfiguredCluster,
  log: Log,
  signal: AbortSignal,
): Promise<TriedCluster> {
  const { info, kube: context = {}, namespace, serviceAccount } = wanted;
  const [{ Cluster }, { clusterChecks }, { readHealth }] = await Promise.all([
    import('../../adapters/kubernetes/cluster.ts'),
    import('../../adapters/kubernetes/checks.ts'),
    import('../../adapters/kubernetes/pipelinesHealth.ts'),
  ]);
  const cluster = new Cluster({ context, namespace, serviceAccount, clock: systemClock, log });
  try {
    const checked = await checkUp({ info, checks: async () => clusterChecks(cluster) }, signal);
    // What cannot be reached is told by the checks.
    const health = await readHealth(cluster.pipelines, signal).catch((error: unknown) => {
      if (isCancelled(error)) throw error;
      return undefined;
    });
    return {
      cluster: wanted,
      asksForSignIn: false,
      severalUsers: health?.severalUsers ?? false,
      checked,
    };
  } finally {
    cluster.close();
  }
}
