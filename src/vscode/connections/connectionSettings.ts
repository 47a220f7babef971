import * as vscode from 'vscode';
import type { ConnectionId } from '../../core/domain/connection.ts';
import { isJsonObject, type JsonObject } from '../../core/domain/json.ts';
import { configuredConnections } from './configured.ts';

const key = 'connections';

/** The rows of the person's own setting `mlops.connections`. */
export function ownRows(): readonly JsonObject[] {
  const value = vscode.workspace.getConfiguration('mlops').inspect<unknown>(key)?.globalValue;
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

export async function saveRows(rows: readonly JsonObject[]): Promise<void> {
  await vscode.workspace.getConfiguration('mlops').update(key, rows, vscode.ConfigurationTarget.Global);
}

/** The rows with the one of a connection changed, or left out for undefined. */
export function rowsWith(
  rows: readonly JsonObject[],
  id: ConnectionId,
  change: (row: JsonObject) => JsonObject | undefined,
): readonly JsonObject[] {
  return rows.flatMap((row): readonly JsonObject[] => {
    const [connection] = configuredConnections([row]).connections;
    if (connection?.info.id !== id) return [row];
    const changed = change(row);
    return changed === undefined ? [] : [changed];
  });
}
