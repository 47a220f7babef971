import { MlopsError } from '../ports/mlopsError.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { ObjectPlace } from './objectAddress.ts';

/**
 * The key itself where there is such an object, else with a slash where there is a folder of that name: an artifact's address
 * does not say which it is. Throws MlopsError notFound where there is neither.
 */
export async function objectOrFolder(
  store: ObjectStore,
  { bucket, key }: ObjectPlace,
  signal: AbortSignal,
): Promise<string> {
  if (key === '' || key.endsWith('/')) return key;
  try {
    await store.stat(bucket, key, signal);
    return key;
  } catch (error) {
    if (!(error instanceof MlopsError) || error.kind !== 'notFound') throw error;
    const { items } = await store.listObjects(bucket, { prefix: `${key}/`, size: 1 }, signal);
    if (items.length === 0) throw error;
    return `${key}/`;
  }
}
