import * as os from 'node:os';
import * as path from 'node:path';
import { type ConnectionId, type ConnectionInfo, thisMachine } from '../../core/domain/connection.ts';
import { isJsonObject } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import { expandHome } from '../settingValue.ts';

/** A connection as the setting `mlops.connections` describes it. `folder` is absolute. */
export interface ConfiguredConnection {
  readonly info: ConnectionInfo;
  readonly folder: string;
  readonly sharedHome: boolean;
}

const longestName = 100;

/** What people read about a connection of each kind. */
export const aboutKind = {
  thisMachine: 'Pipelines run on this machine; nothing but Python is needed.',
  folder: 'The folders in it are buckets of objects.',
} as const;

/**
 * Reads the setting. An incomplete row, or a second one of the same name, is left out: `problems` has a
 * sentence for each.
 */
export function configuredConnections(value: unknown): {
  readonly connections: readonly ConfiguredConnection[];
  readonly problems: readonly string[];
} {
  const connections: ConfiguredConnection[] = [];
  const problems: string[] = [];
  for (const [index, entry] of (Array.isArray(value) ? value : []).entries()) {
    const row = readRow(entry);
    const id = row === undefined ? undefined : idOf(row.name);
    if (row === undefined || id === undefined)
      problems.push(
        `Row ${index + 1} of the setting mlops.connections is not used: it has no name, kind or folder.`,
      );
    else if (id === thisMachine || connections.some(({ info }) => info.id === id))
      problems.push(`Row ${index + 1} of the setting mlops.connections is not used: its name is taken.`);
    else connections.push(toConnection(id, row));
  }
  return { connections, problems };
}

interface Row {
  readonly name: string;
  readonly kind: 'home' | 'folder';
  readonly folder: string;
  readonly sharedHome: boolean;
  readonly readOnly: boolean;
}

/** Read without a schema, since zod is not loaded when the editor starts. */
function readRow(value: unknown): Row | undefined {
  if (!isJsonObject(value)) return undefined;
  const [name, kind, folder] = [own(value, 'name'), own(value, 'kind'), own(value, 'folder')];
  if (typeof name !== 'string' || name.trim() === '' || name.length > longestName) return undefined;
  if (typeof folder !== 'string' || folder.trim() === '') return undefined;
  if (kind !== 'home' && kind !== 'folder') return undefined;
  const isOn = (key: string) => own(value, key) === true;
  return {
    name: name.trim(),
    kind,
    folder: folder.trim(),
    sharedHome: isOn('sharedHome'),
    readOnly: isOn('readOnly'),
  };
}

function toConnection(
  id: ConnectionId,
  { name, kind: setKind, folder, sharedHome, readOnly }: Row,
): ConfiguredConnection {
  const kind = setKind === 'home' ? 'thisMachine' : 'folder';
  return {
    info: { id, kind, name, readOnly, about: aboutKind[kind] },
    folder: path.resolve(os.homedir(), expandHome(folder)),
    sharedHome,
  };
}

/** The id for a name, as in addresses. Undefined when nothing of the name can be part of one. */
function idOf(name: string): ConnectionId | undefined {
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return id === '' ? undefined : (id as ConnectionId);
}
