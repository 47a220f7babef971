import type { SettingsWorkspace } from '../settingValue.ts';
import { type Configured, configuredConnections } from './configured.ts';

/** The connections of the settings, and a sentence for each row that is not used. */
export interface ConnectionRows {
  readonly connections: readonly Configured[];
  readonly problems: readonly string[];
}

/**
 * The person's own connections, and after them those of the workspace: servers alone, none in Restricted Mode, and none
 * under the name of another.
 */
export function connectionRows(workspace: SettingsWorkspace): ConnectionRows {
  const inspected = workspace.getConfiguration('mlops').inspect('connections');
  const own = configuredConnections(inspected?.globalValue);
  if (!workspace.isTrusted) return own;
  const folders = (workspace.workspaceFolders ?? []).map(
    ({ uri }) => workspace.getConfiguration('mlops', uri).inspect('connections')?.workspaceFolderValue,
  );
  const rows = [inspected?.workspaceValue, ...folders].flatMap((value) =>
    Array.isArray(value) ? (value as unknown[]) : [],
  );
  const theirs = configuredConnections(rows);
  const taken = new Set(own.connections.map(({ info }) => info.id));
  const problems: string[] = [];
  const clusters = theirs.connections.flatMap((configured) => {
    const { id, name } = configured.info;
    if ('store' in configured) problems.push(`${name}: a workspace adds no object stores.`);
    else if (!('endpoint' in configured))
      problems.push(`${name}: a workspace adds no folders of this machine.`);
    else if (taken.has(id))
      problems.push(`${name}: the workspace has a connection of the same name as yours.`);
    else return [{ ...configured, fromWorkspace: true }];
    return [];
  });
  return {
    connections: [...own.connections, ...clusters],
    problems: [...own.problems, ...theirs.problems.map((problem) => `Workspace: ${problem}`), ...problems],
  };
}
