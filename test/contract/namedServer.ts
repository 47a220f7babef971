import { setTimeout as delay } from 'node:timers/promises';
import { Cluster } from '../../src/adapters/kubernetes/cluster.ts';
import { SilentLog } from '../fakes/silentLog.ts';
import { systemClock } from '../fakes/systemClock.ts';
import type { SubjectServer } from './kubeflowSubject.ts';

/**
 * A real server for tests, which is reached through its cluster where a kubeconfig is named. Its pipelines that are called
 * like those of the suite are deleted.
 */
export async function namedServer(url: string, kubeconfig: string | undefined): Promise<SubjectServer> {
  const address = url.replace(/\/+$/, '');
  await deletePipelines(address, new Set(['quick', 'slow', 'failing', 'broken']));
  const cluster =
    kubeconfig === undefined
      ? undefined
      : new Cluster({ context: { kubeconfig }, clock: systemClock, log: new SilentLog() });
  return {
    address,
    ...(cluster === undefined ? {} : { way: { endpoint: address, pods: cluster.runPods() } }),
    nextVersion: () => delay(1100), // the server tells versions apart by the second
    close: async () => cluster?.close(),
  };
}

interface Listed {
  readonly pipelines?: readonly { readonly pipeline_id: string; readonly display_name?: string }[];
}

async function deletePipelines(address: string, names: ReadonlySet<string>): Promise<void> {
  const pipelines = `${address}/apis/v2beta1/pipelines`;
  const listed = (await (await fetch(`${pipelines}?page_size=200`)).json()) as Listed;
  const old = (listed.pipelines ?? []).filter(({ display_name: name = '' }) => names.has(name));
  for (const { pipeline_id: id } of old) await fetch(`${pipelines}/${id}?cascade=true`, { method: 'DELETE' });
}
