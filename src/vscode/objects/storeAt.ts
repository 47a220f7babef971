import * as vscode from 'vscode';
import { connectionOf, objectsOf } from '../../core/connections/findConnection.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import type { ObjectWrites } from '../../core/ports/objectWrites.ts';
import { writesOf } from '../../core/storage/deleteObjects.ts';
import { checkPolicy } from '../../core/tools/policy.ts';
import type { OpenConnection } from '../connections/openConnection.ts';
import type { Services } from '../services.ts';

/** A connection with its objects. */
export interface StoreAt {
  readonly at: OpenConnection;
  readonly store: ObjectStore;
}

/** One in which something may be changed. */
export interface ChangingStore extends StoreAt {
  readonly writes: ObjectWrites;
}

/** The store of a connection, of the active one for none. Throws MlopsError notFound, unsupported. */
export async function storeAt(
  { connections }: Pick<Services, 'connections'>,
  id: ConnectionId | undefined,
): Promise<StoreAt> {
  const at = connectionOf<OpenConnection>(connections, id);
  return { at, store: await objectsOf(at) };
}

/** The store for a command that changes something, if policy allows it. Throws MlopsError forbidden, unsupported. */
export async function changingStore(
  services: Pick<Services, 'connections'>,
  effect: 'write' | 'destroy',
  id: ConnectionId | undefined,
): Promise<ChangingStore> {
  const { at, store } = await storeAt(services, id);
  checkPolicy(effect, { connection: at, trusted: vscode.workspace.isTrusted });
  return { at, store, writes: writesOf(store) };
}
