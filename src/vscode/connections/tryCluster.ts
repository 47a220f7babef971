import { type CheckUp, checkUp } from '../../core/connections/doctor.ts';
import type { Credential } from '../../core/domain/signIn.ts';
import type { Log } from '../../core/ports/log.ts';
import { systemClock } from '../clock.ts';
import type { ConfiguredCluster } from './clusterRow.ts';

/** A server as it was found with a credential that is not kept yet, and what is wrong with it. */
export interface TriedCluster {
  /** With the path at which the API was found. */
  readonly cluster: ConfiguredCluster;
  readonly asksForSignIn: boolean;
  readonly severalUsers: boolean;
  readonly checked: CheckUp;
}

/** Looks for the Pipelines API at the address or in the cluster of a connection that is about to be added or signed in, and checks it. */
export async function tryCluster(
  wanted: ConfiguredCluster,
  credential: Credential | undefined,
  { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
): Promise<TriedCluster> {
  if (wanted.kube !== undefined) return (await import('./tryKube.ts')).tryKube(wanted, log, signal);
  const [{ createSignIn }, { findServer }, { kubeflowChecks }] = await Promise.all([
    import('../../adapters/kubeflow/signIn/createSignIn.ts'),
    import('../../adapters/kubeflow/findServer.ts'),
    import('../../adapters/kubeflow/checks.ts'),
  ]);
  const { info, signIn: kind, tokenFile } = wanted;
  const sign = createSignIn({
    server: info.name,
    endpoint: wanted.endpoint,
    kind,
    ...(tokenFile === undefined ? {} : { tokenFile }),
    credential: async () => credential,
    now: () => systemClock.now(),
  });
  // What cannot be reached or refuses the sign-in is told by the checks.
  const found = await findServer(info.name, wanted.endpoint, signal, sign).catch(() => undefined);
  const cluster = found === undefined ? wanted : { ...wanted, endpoint: found.endpoint };
  const { endpoint } = cluster;
  const checks = async () =>
    kubeflowChecks({ connection: info, endpoint, signIn: { kind, sign }, clock: systemClock });
  return {
    cluster,
    asksForSignIn: found?.asksForSignIn ?? false,
    severalUsers: found?.severalUsers ?? false,
    checked: await checkUp({ info, checks }, signal),
  };
}
