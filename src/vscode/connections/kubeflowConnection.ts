import * as vscode from 'vscode';
import type { SignIn } from '../../adapters/kubeflow/signIn/signIn.ts';
import type { Cluster } from '../../adapters/kubernetes/cluster.ts';
import type { Home } from '../../adapters/localRunner/home.ts';
import type { KubeReach } from '../../core/connections/kubeReach.ts';
import type { Credentials } from '../../core/ports/credentials.ts';
import type { Connection } from '../../core/ports/connections.ts';
import type { Log } from '../../core/ports/log.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import type { BackendChange, PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { asName } from '../../core/text/literal.ts';
import { systemClock } from '../clock.ts';
import { once } from '../once.ts';
import { clusterObjects } from './clusterObjects.ts';
import type { ConfiguredCluster } from './clusterRow.ts';
import type { OpenRunConnection } from './openConnection.ts';
import type { Workspace } from './openWorkspace.ts';
import { wrapBackend } from './wrapBackend.ts';

export interface ClusterDeps {
  readonly log: Log;
  readonly credentials: Credentials;
  readonly workspace: () => Promise<Workspace>;
  /** This machine's own home, which keeps whose window told of a run's end. */
  readonly home: () => Promise<Home>;
  /** All connections of the setting, of which one may be the store of its artifacts. */
  readonly others: () => readonly Connection[];
  /** Whether the person has allowed where its kube context leads to, for a connection of the workspace. */
  readonly leadsTo?: (reach: KubeReach) => boolean;
}

/** A server of Kubeflow Pipelines: its runs, its pipelines beside those of the workspace, and its objects where their store is known. */
export function kubeflowConnection(
  configured: ConfiguredCluster,
  deps: ClusterDeps,
): OpenRunConnection & vscode.Disposable {
  const { info } = configured;
  const changed = new vscode.EventEmitter<BackendChange>();
  const used = Promise.withResolvers<void>();
  const opened: vscode.Disposable[] = [changed];
  const signIn = once(() => openSignIn(configured, deps));
  const kube = once(async () => {
    const cluster = await openKube(configured, deps);
    if (cluster !== undefined) opened.push({ dispose: () => cluster.close() });
    return cluster;
  });
  const store = clusterObjects(configured, { others: deps.others, kube });
  const backend = once(async () => {
    const cluster = await kube();
    const ways = { sign: cluster?.signIn ?? (await signIn()), cluster, store };
    const wrapped = await wrapBackend(await openServer(configured, deps, ways), changed);
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

/** The cluster of a connection by a kube context. Nothing of it is asked yet. */
async function openKube(
  configured: ConfiguredCluster,
  { log, leadsTo }: ClusterDeps,
): Promise<Cluster | undefined> {
  const { kube, namespace, serviceAccount } = configured;
  if (kube === undefined) return undefined;
  const [{ Cluster }, { notAllowedAnyMore }] = await Promise.all([
    import('../../adapters/kubernetes/cluster.ts'),
    import('./notAllowed.ts'),
  ]);
  const check = (reach: KubeReach) => {
    if (leadsTo?.(reach) === false) throw notAllowedAnyMore(configured);
  };
  return new Cluster({ context: { ...kube, check }, namespace, serviceAccount, clock: systemClock, log });
}

/** The ways to a server, to its pods and to its objects. */
interface Ways {
  readonly sign: SignIn;
  readonly cluster: Cluster | undefined;
  readonly store: (() => Promise<ObjectStore>) | undefined;
}

async function openServer(
  { info, endpoint, kube, namespace, page }: ConfiguredCluster,
  { log, workspace }: ClusterDeps,
  { sign, cluster: inside, store }: Ways,
): Promise<PipelineBackend> {
  const [
    { pipelines },
    { createKubeflow },
    { usualPauses },
    { tellingSignedOut },
    { withWorkspacePipelines },
  ] = await Promise.all([
    workspace(),
    import('../../adapters/kubeflow/kubeflow.ts'),
    import('../../adapters/kubeflow/repeating.ts'),
    import('./tellSignedOut.ts'),
    import('../../core/pipelines/withWorkspacePipelines.ts'),
  ]);
  const signIn = tellingSignedOut(sign, info);
  const cluster = createKubeflow({
    connection: info,
    endpoint,
    ...(namespace === undefined ? {} : { namespace }),
    ...(page === undefined ? {} : { page }),
    ...(inside === undefined ? {} : { fetch: inside.pipelines.fetch, pods: inside.runPods() }),
    ...(store === undefined ? {} : { objects: store }),
    ...(kube === undefined ? {} : { where: `in the context ${asName(kube.context)}` }),
    clock: systemClock,
    log,
    attention,
    signIn,
    pauses: usualPauses,
  });
  return withWorkspacePipelines(cluster, pipelines);
}

/** How a server is signed in to, with what is kept for it. */
async function openSignIn(
  { info, endpoint, signIn: kind, tokenFile }: ConfiguredCluster,
  { credentials }: Pick<ClusterDeps, 'credentials'>,
): Promise<SignIn> {
  const { createSignIn } = await import('../../adapters/kubeflow/signIn/createSignIn.ts');
  return createSignIn({
    server: info.name,
    endpoint,
    kind,
    ...(tokenFile === undefined ? {} : { tokenFile }),
    credential: () => credentials.get({ connection: info.id, endpoint }),
    now: () => systemClock.now(),
  });
}

/** A window that nobody has used for a while asks no server for news. */
const attention = {
  get present() {
    return vscode.window.state.active;
  },
  onDidChange: (listener: () => void) => {
    const subscription = vscode.window.onDidChangeWindowState(listener);
    return () => void subscription.dispose();
  },
};
