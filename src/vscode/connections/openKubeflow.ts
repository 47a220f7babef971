import * as vscode from 'vscode';
import type { SignIn } from '../../adapters/kubeflow/signIn/signIn.ts';
import type { Cluster } from '../../adapters/kubernetes/cluster.ts';
import type { Home } from '../../adapters/localRunner/home.ts';
import type { KubeReach } from '../../core/connections/kubeReach.ts';
import type { Connection } from '../../core/ports/connections.ts';
import type { Credentials } from '../../core/ports/credentials.ts';
import type { Log } from '../../core/ports/log.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { asName } from '../../core/text/literal.ts';
import { systemClock } from '../clock.ts';
import type { ShownViews } from '../shownViews.ts';
import type { ConfiguredCluster } from './clusterRow.ts';
import type { Workspace } from './openWorkspace.ts';

/** What a server is opened with. */
export interface ClusterDeps {
  readonly log: Log;
  readonly credentials: Credentials;
  readonly workspace: () => Promise<Workspace>;
  /** This machine's own home, which keeps whose window told of a run's end. */
  readonly home: () => Promise<Home>;
  /** All connections of the setting, of which one may be the store of its artifacts. */
  readonly others: () => readonly Connection[];
  readonly shownViews: ShownViews;
  /** Whether the person has allowed where its kube context leads to, for a connection of the workspace. */
  readonly leadsTo?: (reach: KubeReach) => boolean;
}

/** The cluster of a connection by a kube context. Nothing of it is asked yet. */
export async function openKube(
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
export interface Ways {
  readonly sign: SignIn;
  readonly cluster: Cluster | undefined;
  readonly store: (() => Promise<ObjectStore>) | undefined;
}

export async function openServer(
  { info, endpoint, kube, namespace, page }: ConfiguredCluster,
  { log, workspace, shownViews }: ClusterDeps,
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
    attention: attentionTo(shownViews),
    signIn,
    pauses: usualPauses,
  });
  return withWorkspacePipelines(cluster, pipelines);
}

/** How a server is signed in to, with what is kept for it. */
export async function openSignIn(
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

/** A window that nobody has used for a while, or in which nothing of ours can be seen, asks no server for news. */
const attentionTo = (shownViews: ShownViews) => ({
  get present() {
    return vscode.window.state.active;
  },
  get shown() {
    return shownViews.any;
  },
  onDidChange: (listener: () => void) => {
    const subscription = vscode.Disposable.from(
      vscode.window.onDidChangeWindowState(listener),
      vscode.window.onDidChangeVisibleTextEditors(listener),
      shownViews.onDidChange(listener),
    );
    return () => void subscription.dispose();
  },
});
