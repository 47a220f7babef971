import * as vscode from 'vscode';
import { connectionOf } from '../../../core/connections/findConnection.ts';
import { MlopsError } from '../../../core/ports/mlopsError.ts';
import { asName, literal } from '../../../core/text/literal.ts';
import { type ConfiguredCluster, whereOf } from '../../connections/clusterRow.ts';
import type { OpenConnection } from '../../connections/openConnection.ts';
import type { Services } from '../../services.ts';
import { targetOf } from './arguments.ts';

/** Which connections a command is for, and what to say where there is none. */
export interface ConnectionChoice {
  readonly title: string;
  readonly fits: (connection: OpenConnection) => boolean;
  readonly none: string;
}

/** The connection of a row or a link, the only one that fits, or the one that the person picks. */
export async function chooseConnection(
  { connections }: Services,
  args: readonly unknown[],
  { title, fits, none }: ConnectionChoice,
): Promise<OpenConnection | undefined> {
  const { connection: id } = targetOf(args);
  if (id !== undefined) {
    const named = connectionOf<OpenConnection>(connections, id);
    if (fits(named)) return named;
    throw new MlopsError('unsupported', `This is not for ${asName(named.info.name)}.`);
  }
  const fitting = connections.all.filter(fits);
  const [only, another] = fitting;
  if (only === undefined)
    throw new MlopsError('notFound', none, { hint: 'Add one with MLOps: Add connection.' });
  if (another === undefined) return only;
  const items = fitting.map((connection) => ({
    label: literal(connection.info.name),
    description: literal(connection.cluster === undefined ? '' : whereOf(connection.cluster)),
    connection,
  }));
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.connection;
}

/** A server that the person may contact. */
export async function chooseCluster(
  services: Services,
  args: readonly unknown[],
  title: string,
): Promise<ConfiguredCluster | undefined> {
  const chosen = await chooseConnection(services, args, {
    title,
    // Kubernetes signs in to a kube context.
    fits: ({ cluster, waits }) => cluster !== undefined && cluster.kube === undefined && waits !== true,
    none: 'No connection to Kubeflow is there yet.',
  });
  return chosen?.cluster;
}
