import * as vscode from 'vscode';
import type { BackendChange } from '../../core/ports/pipelineBackend.ts';
import { systemClock } from '../clock.ts';
import { once } from '../once.ts';
import { clusterObjects } from './clusterObjects.ts';
import type { ConfiguredCluster } from './clusterRow.ts';
import type { OpenRunConnection } from './openConnection.ts';
import type { ClusterDeps } from './openKubeflow.ts';
import { wrapBackend } from './wrapBackend.ts';

/** A server of Kubeflow Pipelines: its runs, its pipelines beside those of the workspace, and its objects where their store is known. */
export function kubeflowConnection(
  configured: ConfiguredCluster,
  deps: ClusterDeps,
): OpenRunConnection & vscode.Disposable {
  const { info } = configured;
  const changed = new vscode.EventEmitter<BackendChange>();
  const used = Promise.withResolvers<void>();
  const opened: vscode.Disposable[] = [changed];
  const opening = () => import('./openKubeflow.ts');
  const signIn = once(async () => (await opening()).openSignIn(configured, deps));
  const kube = once(async () => {
    const cluster = await (await opening()).openKube(configured, deps);
    if (cluster !== undefined) opened.push({ dispose: () => cluster.close() });
    return cluster;
  });
  const store = clusterObjects(configured, { others: deps.others, kube });
  const backend = once(async () => {
    const cluster = await kube();
    const ways = { sign: cluster?.signIn ?? (await signIn()), cluster, store };
    const server = await (await opening()).openServer(configured, deps, ways);
    const wrapped = await wrapBackend(server, changed);
    opened.push(...wrapped.opened);
    used.resolve();
    return wrapped.backend;
  });
  const endClaim = once(async () => {
    const { createEndClaimOf } = await import('../../adapters/localRunner/runs/endClaim.ts');
    return createEndClaimOf(info.id, await deps.home());
  });
  return {
    info,
    cluster: configured,
    backend,
    ...(store === undefined ? {} : { store }),
    endClaim,
    checks: async () => {
      const cluster = await kube();
      if (cluster !== undefined)
        return (await import('../../adapters/kubernetes/checks.ts')).clusterChecks(cluster);
      const { kubeflowChecks } = await import('../../adapters/kubeflow/checks.ts');
      const { endpoint, signIn: kind } = configured;
      return kubeflowChecks({
        connection: info,
        endpoint,
        signIn: { kind, sign: await signIn() },
        clock: systemClock,
      });
    },
    onDidChange: changed.event,
    inUse: used.promise,
    // Looking would be a request to the server before anybody wants one.
    mayHaveActiveRuns: async () => false,
    dispose: () => {
      for (const one of opened) one.dispose();
    },
  };
}
