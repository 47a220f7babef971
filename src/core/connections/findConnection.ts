import type { ConnectionId, ConnectionInfo } from '../domain/connection.ts';
import type { Connection } from '../ports/connections.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { asName, quoted } from '../text/literal.ts';

/** Connections to look among. */
interface Among<C extends Connection> {
  readonly all: readonly C[];
  readonly active: C;
  get(id: ConnectionId): C | undefined;
}

/** The connection of a name or an id, whatever its case; the active one for none. Throws MlopsError notFound with those there are. */
export function findConnection<C extends Connection>(connections: Among<C>, wanted: string | undefined): C {
  if (wanted === undefined) return connections.active;
  const text = wanted.trim().toLowerCase();
  const { all } = connections;
  const found =
    all.find(({ info }) => info.id.toLowerCase() === text) ??
    all.find(({ info }) => info.name.toLowerCase() === text);
  if (found !== undefined) return found;
  const names = all.map(({ info }) => asName(info.name)).join(', ');
  throw new MlopsError('notFound', `There is no connection ${quoted(wanted)}.`, {
    hint: `There is ${names}.`,
  });
}

/** The connection of an id, the active one for none. Throws MlopsError notFound: what names it may be older than its removal. */
export function connectionOf<C extends Connection>(connections: Among<C>, id: ConnectionId | undefined): C {
  if (id === undefined) return connections.active;
  const found = connections.get(id);
  if (found !== undefined) return found;
  throw new MlopsError('notFound', `The connection ${asName(id)} is not here any more.`, {
    hint: 'Add it again in the setting mlops.connections.',
  });
}

/** Pipelines and runs of a connection. Throws MlopsError unsupported for one of objects alone. */
export function runsOf({ info, backend }: Connection): Promise<PipelineBackend> {
  if (backend !== undefined) return backend();
  throw new MlopsError('unsupported', `${asName(info.name)} has objects alone, no pipelines and runs.`);
}

/** The objects of a connection. Throws MlopsError unsupported for one without. */
export function objectsOf({ info, store }: Connection): Promise<ObjectStore> {
  if (store !== undefined) return store();
  throw new MlopsError('unsupported', `${asName(info.name)} has no objects.`);
}

/** How texts name a connection: only where there is more than one. */
export function placeName(
  connections: { readonly all: readonly unknown[] },
  { name }: ConnectionInfo,
): string | undefined {
  return connections.all.length > 1 ? name : undefined;
}
