import { MlopsError } from '../ports/mlopsError.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import { mostObjects } from '../ports/pages.ts';
import { size } from '../text/units.ts';

/** An object that was counted. */
export interface CountedObject {
  readonly key: string;
  readonly size: number;
}

/** All objects below a prefix, at any depth. */
export interface Counted {
  readonly objects: readonly CountedObject[];
  /** In bytes. */
  readonly size: number;
}

/** Most objects that are counted: what is shown is what is changed, so their names are kept. */
const mostCounted = 1_000_000;

/** Counts the objects below a prefix ("" for a bucket). Throws MlopsError unsupported for more than a million. */
export async function countBelow(
  store: Pick<ObjectStore, 'listObjects'>,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
  onCount: (so: Counted) => void,
  signal: AbortSignal,
  most = mostCounted,
): Promise<Counted> {
  const objects: CountedObject[] = [];
  let bytes = 0;
  let page: string | undefined;
  do {
    const query = { prefix, deep: true, size: mostObjects, ...(page === undefined ? {} : { page }) };
    const { items, next } = await store.listObjects(bucket, query, signal);
    for (const item of items) {
      if (item.kind !== 'object') continue;
      objects.push({ key: item.key, size: item.size });
      bytes += item.size;
    }
    if (objects.length > most)
      throw new MlopsError('unsupported', `More than ${most} objects are below ${bucket}/${prefix}.`, {
        hint: 'Take a part of them.',
      });
    onCount({ objects, size: bytes });
    page = next;
  } while (page !== undefined);
  return { objects, size: bytes };
}

/** "1,204 objects, 3.4 GB". */
export function countText({ objects, size: bytes }: Counted): string {
  return `${objectCount(objects.length)}, ${size(bytes)}`;
}

/** "1 object", "1,204 objects". */
export function objectCount(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'object' : 'objects'}`;
}
