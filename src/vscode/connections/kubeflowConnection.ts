import * as vscode from 'vscode';
import type { Home } from '../../adapters/localRunner/home.ts';
import type { Log } from '../../core/ports/log.ts';
import type { BackendChange, PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { systemClock } from '../clock.ts';
import { once } from '../once.ts';
import type { ConfiguredCluster } from './configured.ts';
import type { OpenRunConnection } from './openConnection.ts';
import type { Workspace } from './openWorkspace.ts';
import { wrapBackend } from './wrapBackend.ts';

export interface ClusterDeps {
  readonly log: Log;
  readonly workspace: () => Promise<Workspace>;
  /** This machine's own home, which keeps whose window told of a run's end. */
  readonly home: () => Promise<Home>;
}

/** A server of Kubeflow Pipelines: its runs, and its pipelines beside those of the workspace. Its objects are not reached yet. */
export function kubeflowConnection(
  configured: ConfiguredCluster,
  deps: ClusterDeps,
): OpenRunConnection & vscode.Disposable {
  const { info } = configured;
  const changed = new vscode.EventEmitter<BackendChange>();
  const used = Promise.withResolvers<void>();
  const opened: vscode.Disposable[] = [changed];
  const backend = once(async () => {
    const wrapped = await wrapBackend(await openCluster(configured, deps), changed);
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
    backend,
    endClaim,
    onDidChange: changed.event,
    inUse: used.promise,
    // Looking would be a request to the server before anybody wants one.
    mayHaveActiveRuns: async () => false,
    dispose: () => {
      for (const one of opened) one.dispose();
    },
  };
}

async function openCluster(
  { info, ...server }: ConfiguredCluster,
  { log, workspace }: ClusterDeps,
): Promise<PipelineBackend> {
  const [{ pipelines }, { createKubeflow }, { withWorkspacePipelines }] = await Promise.all([
    workspace(),
    import('../../adapters/kubeflow/kubeflow.ts'),
    import('../../core/pipelines/withWorkspacePipelines.ts'),
  ]);
  const cluster = createKubeflow({ connection: info, ...server, clock: systemClock, log, attention });
  return withWorkspacePipelines(cluster, pipelines);
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
