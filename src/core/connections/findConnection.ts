import type { ConnectionId } from '../domain/connection.ts';
import type { Connection } from '../ports/connections.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { asName, quoted } from '../text/literal.ts';

/** The connections to choose from. */
interface Among<C extends Connection> {
  readonly all: readonly C[];
  readonly active: C;
  get(id: ConnectionId): C | undefined;
}

/** The connection with a name or an id, in any case; without either the active one. Throws MlopsError notFound, with all names. */
export function findConnection<C extends Connection>(connections: Among<C>, wanted: string | undefined): C {
  if (wanted === undefined) return connections.active;
  const text = wanted.trim().toLowerCase();
  const { all } = connections;
  const connection =
    all.find(({ info }) => info.id.toLowerCase() === text) ??
    all.find(({ info }) => info.name.toLowerCase() === text);
  if (connection !== undefined) return connection;
  const names = all.map(({ info }) => asName(info.name)).join(', ');
  throw new MlopsError('notFound', `There is no connection ${quoted(wanted)}.`, {
    hint: `There is ${names}.`,
  });
}

/** The connection of an id, the active one for none. Throws MlopsError notFound when it was removed from the setting. */
export function connectionOf<C extends Connection>(connections: Among<C>, id: ConnectionId | undefined): C {
  if (id === undefined) return connections.active;
  const connection = connections.get(id);
  if (connection !== undefined) return connection;
  throw new MlopsError('notFound', `The connection ${asName(id)} is not here any more.`, {
    hint: 'Add it again in the setting mlops.connections.',
  });
}

/** The backend of a connection. Throws MlopsError unsupported for one with objects only. */
export function runsOf({ info, backend }: Connection): Promise<PipelineBackend> {
  if (backend !== undefined) return backend();
  throw new MlopsError('unsupported', `${asName(info.name)} has objects alone, no pipelines and runs.`);
}

/** The object store of a connection; undefined for one without. */
export async function anyObjectsOf({ store }: Connection): Promise<ObjectStore | undefined> {
  return store?.();
}

/** The object store of a connection. Throws MlopsError unsupported for one without. */
export function objectsOf({ info, store }: Connection): Promise<ObjectStore> {
  if (store !== undefined) return store();
  throw new MlopsError('unsupported', `${asName(info.name)} has no objects.`);
}
