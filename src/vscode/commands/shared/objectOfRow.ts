import { connectionOf, objectsOf } from '../../../core/connections/findConnection.ts';
import type { ObjectStore } from '../../../core/ports/objectStore.ts';
import type { ObjectName } from '../../../core/ports/objectWrites.ts';
import { objectOrFolder } from '../../../core/storage/objectOrFolder.ts';
import type { OpenConnection } from '../../connections/openConnection.ts';
import { deadline } from '../../deadline.ts';
import { chooseKey } from '../../objects/chooseObject.ts';
import type { Services } from '../../services.ts';
import { targetOf } from './arguments.ts';

/** An object and the store that it is in. */
export interface ObjectOfRow extends ObjectName {
  readonly at: OpenConnection;
  readonly store: ObjectStore;
}

/** The object of a row or a link; in a folder it asks which one. Undefined when the person leaves. */
export async function objectOfRow(
  { connections }: Services,
  args: readonly unknown[],
  title: string,
): Promise<ObjectOfRow | undefined> {
  const { connection, bucket, key } = targetOf(args);
  if (bucket === undefined || key === undefined) return undefined;
  const at = connectionOf<OpenConnection>(connections, connection);
  const store = await objectsOf(at);
  const found = await objectOrFolder(store, { bucket, key }, deadline());
  const isFolder = found === '' || found.endsWith('/');
  const chosen = isFolder ? await chooseKey(store, { bucket, key: found }, { title, what: 'object' }) : found;
  return chosen === undefined ? undefined : { at, store, bucket, key: chosen };
}
