import type { ObjectStat } from '../domain/storedObject.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { ObjectName } from '../ports/objectWrites.ts';
import { statOf } from './saveObject.ts';

/**
 * The object of a name, or "folder" for a bucket (the key "") and for a prefix with or without its slash. Throws MlopsError notFound
 * where there is neither.
 */
export async function findEntry(
  store: Pick<ObjectStore, 'stat' | 'listObjects'>,
  { bucket, key }: ObjectName,
  signal: AbortSignal,
): Promise<ObjectStat | 'folder'> {
  const found = key === '' ? undefined : await statOf(store, { bucket, key }, signal);
  if (found !== undefined) return found;
  const prefix = asPrefix(key);
  const { items } = await store.listObjects(bucket, { prefix, size: 1 }, signal);
  if (items.length > 0 || key === '') return 'folder';
  throw new MlopsError('notFound', `There is no ${bucket}/${key}.`);
}

/** A key as the prefix of what is below it; "" for the whole bucket. */
export function asPrefix(key: string): string {
  return key === '' || key.endsWith('/') ? key : `${key}/`;
}
