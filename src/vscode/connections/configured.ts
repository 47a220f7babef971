import * as os from 'node:os';
import * as path from 'node:path';
import { type ConnectionId, type ConnectionInfo, thisMachine } from '../../core/domain/connection.ts';
import { isJsonObject, type JsonObject } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import { expandHome } from '../settingValue.ts';
import { type ConfiguredStore, readStoreRow, type StoreRow, storeWants } from './storeRow.ts';
import { type ClusterRow, clusterWants, type ConfiguredCluster, readClusterRow } from './clusterRow.ts';

/** A place on this machine as the setting `mlops.connections` describes it. `folder` is absolute. */
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
  kubeflow: 'Pipelines run on a cluster with Kubeflow Pipelines.',
  s3: 'Objects in the buckets of a store, such as MinIO or S3.',
} as const;

/** A connection of any kind as the setting describes it. */
export type Configured = ConfiguredConnection | ConfiguredCluster | ConfiguredStore;

/**
 * Reads the setting. An incomplete row, or a second one of the same name, is left out: `problems` has a
 * sentence for each.
 */
export function configuredConnections(value: unknown): {
  readonly connections: readonly Configured[];
  readonly problems: readonly string[];
} {
  const connections: Configured[] = [];
  const problems: string[] = [];
  for (const [index, entry] of (Array.isArray(value) ? value : []).entries()) {
    const row = readRow(entry);
    const id = typeof row === 'string' ? undefined : (row.id ?? idOf(row.name));
    const why = typeof row === 'string' ? row : id === undefined ? placeWants : undefined;
    if (typeof row === 'string' || id === undefined)
      problems.push(`Row ${index + 1} of the setting mlops.connections is not used: ${why}.`);
    else if (id === thisMachine || connections.some(({ info }) => info.id === id))
      problems.push(`Row ${index + 1} of the setting mlops.connections is not used: its name is taken.`);
    else connections.push(toConnection(id, row));
  }
  return { connections, problems };
}

const placeWants = 'it has no name, kind or folder';

interface Common {
  readonly name: string;
  /** What it was called when it was added, as an id; kept where it has been renamed. */
  readonly id?: ConnectionId;
  readonly sharedHome: boolean;
  readonly readOnly: boolean;
}

type Row = Common &
  (
    | { readonly kind: 'home' | 'folder'; readonly folder: string }
    | { readonly kind: 'kubeflow'; readonly cluster: ClusterRow }
    | { readonly kind: 's3'; readonly store: StoreRow }
  );

/** Read without a schema, since zod is not loaded when the editor starts; the text says what is wrong. */
function readRow(value: unknown): Row | string {
  if (!isJsonObject(value)) return placeWants;
  const kind = own(value, 'kind');
  const common = commonOf(value);
  if (kind === 'kubeflow') {
    if (common === undefined) return clusterWants;
    const cluster = readClusterRow(value);
    return typeof cluster === 'string' ? cluster : { ...common, kind, cluster };
  }
  if (kind === 's3') {
    if (common === undefined) return storeWants;
    const store = readStoreRow(value);
    return typeof store === 'string' ? store : { ...common, kind, store };
  }
  return common === undefined ? placeWants : placeRow(value, common);
}

function placeRow(row: JsonObject, common: Common): Row | string {
  const [kind, folder] = [own(row, 'kind'), own(row, 'folder')];
  if (kind !== 'home' && kind !== 'folder') return placeWants;
  if (typeof folder !== 'string' || folder.trim() === '') return placeWants;
  return { ...common, kind, folder: folder.trim() };
}

/** What a row of any kind says; undefined without a name that fits. */
function commonOf(row: JsonObject): Common | undefined {
  const [name, id] = [own(row, 'name'), own(row, 'id')];
  if (typeof name !== 'string' || name.trim() === '' || name.length > longestName) return undefined;
  return {
    name: name.trim(),
    sharedHome: own(row, 'sharedHome') === true,
    readOnly: own(row, 'readOnly') === true,
    ...(typeof id === 'string' && idOf(id) === id ? { id: id as ConnectionId } : {}),
  };
}

function toConnection(id: ConnectionId, row: Row): Configured {
  const { name, readOnly, sharedHome } = row;
  if (row.kind === 'kubeflow') {
    const { kind } = row;
    const { protectedNamespaces, ...reached } = row.cluster;
    const { namespace } = reached;
    const guarded = {
      ...(namespace === undefined ? {} : { namespace }),
      ...(protectedNamespaces === undefined ? {} : { protectedNamespaces }),
    };
    return {
      info: { id, kind, name, readOnly, ...guarded, about: aboutKind[kind], keeps: true },
      ...reached,
    };
  }
  if (row.kind === 's3')
    return { info: { id, kind: row.kind, name, readOnly, about: aboutKind[row.kind] }, store: row.store };
  const kind = row.kind === 'home' ? 'thisMachine' : 'folder';
  return {
    info: { id, kind, name, readOnly, about: aboutKind[kind] },
    folder: path.resolve(os.homedir(), expandHome(row.folder)),
    sharedHome,
  };
}

/** The id for a name, as in addresses. Undefined when nothing of the name can be part of one. */
export function idOf(name: string): ConnectionId | undefined {
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return id === '' ? undefined : (id as ConnectionId);
}
