import * as os from 'node:os';
import * as path from 'node:path';
import { type ConnectionId, type ConnectionInfo, thisMachine } from '../../core/domain/connection.ts';
import { isJsonObject, type JsonObject } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import { expandHome } from '../settingValue.ts';

/** A place on this machine as the setting `mlops.connections` describes it. `folder` is absolute. */
export interface ConfiguredConnection {
  readonly info: ConnectionInfo;
  readonly folder: string;
  readonly sharedHome: boolean;
}

/** A server of Kubeflow Pipelines as the setting describes it. */
export interface ConfiguredCluster {
  readonly info: ConnectionInfo;
  /** The address of its API, without a slash at the end. */
  readonly endpoint: string;
  /** Whose pipelines and runs are meant, on a server for several users. */
  readonly namespace?: string;
  /** The address of its Pipelines UI, where that is not at the endpoint. */
  readonly page?: string;
}

const longestName = 100;

/** What people read about a connection of each kind. */
export const aboutKind = {
  thisMachine: 'Pipelines run on this machine; nothing but Python is needed.',
  folder: 'The folders in it are buckets of objects.',
  kubeflow: 'Pipelines run on a cluster with Kubeflow Pipelines.',
} as const;

/**
 * Reads the setting. An incomplete row, or a second one of the same name, is left out: `problems` has a
 * sentence for each.
 */
export function configuredConnections(value: unknown): {
  readonly connections: readonly (ConfiguredConnection | ConfiguredCluster)[];
  readonly problems: readonly string[];
} {
  const connections: (ConfiguredConnection | ConfiguredCluster)[] = [];
  const problems: string[] = [];
  for (const [index, entry] of (Array.isArray(value) ? value : []).entries()) {
    const row = readRow(entry);
    const id = row === undefined ? undefined : idOf(row.name);
    if (row === undefined || id === undefined)
      problems.push(
        `Row ${index + 1} of the setting mlops.connections is not used: ${isObject(entry, 'kubeflow') ? clusterWants : placeWants}.`,
      );
    else if (id === thisMachine || connections.some(({ info }) => info.id === id))
      problems.push(`Row ${index + 1} of the setting mlops.connections is not used: its name is taken.`);
    else connections.push(toConnection(id, row));
  }
  return { connections, problems };
}

const placeWants = 'it has no name, kind or folder';
const clusterWants = 'it needs a name and an endpoint with https, or with http on this machine';

function isObject(entry: unknown, kind: string): boolean {
  return isJsonObject(entry) && own(entry, 'kind') === kind;
}

type Row = {
  readonly name: string;
  readonly sharedHome: boolean;
  readonly readOnly: boolean;
} & (
  | { readonly kind: 'home' | 'folder'; readonly folder: string }
  | ({ readonly kind: 'kubeflow' } & Omit<ConfiguredCluster, 'info'>)
);

/** Read without a schema, since zod is not loaded when the editor starts. */
function readRow(value: unknown): Row | undefined {
  if (!isJsonObject(value)) return undefined;
  const [name, kind, folder] = [own(value, 'name'), own(value, 'kind'), own(value, 'folder')];
  if (typeof name !== 'string' || name.trim() === '' || name.length > longestName) return undefined;
  const isOn = (key: string) => own(value, key) === true;
  const common = { name: name.trim(), sharedHome: isOn('sharedHome'), readOnly: isOn('readOnly') };
  if (kind === 'kubeflow') {
    const endpoint = endpointIn(own(value, 'endpoint'));
    return endpoint === undefined ? undefined : { ...common, kind, endpoint, ...clusterMore(value) };
  }
  if (kind !== 'home' && kind !== 'folder') return undefined;
  if (typeof folder !== 'string' || folder.trim() === '') return undefined;
  return { ...common, kind, folder: folder.trim() };
}

/** The namespace and the page of a server, where they are named as they have to be. */
function clusterMore(value: JsonObject): Pick<ConfiguredCluster, 'namespace' | 'page'> {
  const namespace = own(value, 'namespace');
  const page = endpointIn(own(value, 'page'));
  const isName = typeof namespace === 'string' && /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace);
  return { ...(isName ? { namespace } : {}), ...(page === undefined ? {} : { page }) };
}

/** An address that nobody on the way can read or change, without a login in it. */
function endpointIn(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value.trim())) return undefined;
  const { protocol, hostname, username, password, origin, pathname } = new URL(value.trim());
  const loopback = hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
  const allowed = protocol === 'https:' || (protocol === 'http:' && loopback);
  if (!allowed || username !== '' || password !== '') return undefined;
  return `${origin}${pathname}`.replace(/\/+$/, '');
}

function toConnection(id: ConnectionId, row: Row): ConfiguredConnection | ConfiguredCluster {
  const { name, readOnly, sharedHome } = row;
  if (row.kind === 'kubeflow') {
    const { kind, sharedHome: _, name: _name, readOnly: _readOnly, ...server } = row;
    return { info: { id, kind, name, readOnly, about: aboutKind[kind], keeps: true }, ...server };
  }
  const kind = row.kind === 'home' ? 'thisMachine' : 'folder';
  return {
    info: { id, kind, name, readOnly, about: aboutKind[kind] },
    folder: path.resolve(os.homedir(), expandHome(row.folder)),
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
