import * as vscode from 'vscode';
import type { ConfiguredCluster } from './clusterRow.ts';
import type { OpenRunConnection } from './openConnection.ts';

/**
 * A connection of the workspace that nobody has allowed yet, or not as it is now: it is shown, and everything else says
 * so.
 */
export function waitingConnection(cluster: ConfiguredCluster, hasChanged: boolean): OpenRunConnection {
  const { info } = cluster;
  const refuse = async (): Promise<never> => {
    const { notAllowedAnyMore, notAllowedYet } = await import('./notAllowed.ts');
    throw hasChanged ? notAllowedAnyMore(cluster) : notAllowedYet(cluster);
  };
  const noChanges: vscode.Event<never> = () => new vscode.Disposable(() => undefined);
  return {
    info,
    cluster,
    waits: true,
    backend: refuse,
    onDidChange: noChanges,
    inUse: new Promise(() => undefined),
    mayHaveActiveRuns: async () => false,
  };
}
