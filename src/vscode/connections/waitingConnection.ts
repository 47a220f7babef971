import * as vscode from 'vscode';
import { asName } from '../../core/text/literal.ts';
import { type ConfiguredCluster, whereOf } from './clusterRow.ts';
import type { OpenRunConnection } from './openConnection.ts';

/** A connection of the workspace that nobody has allowed yet: it is shown, and everything else says so. */
export function waitingConnection(cluster: ConfiguredCluster): OpenRunConnection {
  const { info } = cluster;
  const refuse = async (): Promise<never> => {
    const { MlopsError } = await import('../../core/ports/mlopsError.ts');
    throw new MlopsError(
      'forbidden',
      `Not allowed yet: ${asName(info.name)} comes with this workspace and would contact ${placeOf(cluster)}.`,
      { hint: 'Take the command MLOps: Allow connection.' },
    );
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

function placeOf(cluster: ConfiguredCluster): string {
  return cluster.kube === undefined
    ? new URL(cluster.endpoint).host
    : `the cluster of the ${whereOf(cluster)}`;
}
