import { MlopsError } from '../ports/mlopsError.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { NotDeleted, ObjectWrites } from '../ports/objectWrites.ts';
import { asName } from '../text/literal.ts';
import { objectState } from './objectState.ts';
import { searchObjects } from './searchObjects.ts';

/** What is to be deleted: objects, all below a prefix, or a bucket with all that is in it. */
export type Deleting = { readonly bucket: string } & (
  | { readonly keys: readonly string[] }
  | { readonly prefix: string }
  | { readonly all: true }
);

/** An object as it was shown: `state` changes whenever the object does. */
export interface Shown {
  readonly key: string;
  readonly size: number;
  readonly state: string;
}

/** What would be deleted, as it is now. */
export interface ObjectDeletion {
  readonly bucket: string;
  readonly objects: readonly Shown[];
  /** Named, and not there. */
  readonly missing: readonly string[];
  readonly prefix?: string;
  /** True where the bucket goes, too. */
  readonly all: boolean;
  /** True where what is deleted can be restored. */
  readonly kept: boolean;
}

/** Most objects that one question is about. */
export const mostDeleted = 10_000;

/** Looks at what would be deleted. Throws MlopsError notFound where there is nothing, invalid where it is too much to ask about. */
export async function objectDeletion(
  store: ObjectStore,
  what: Deleting,
  signal: AbortSignal,
): Promise<ObjectDeletion> {
  const { bucket } = what;
  writesOf(store);
  const kept = (await store.versions?.kept(bucket, signal)) ?? false;
  const all = 'all' in what;
  if ('keys' in what) {
    const found = await Promise.all(what.keys.map((key) => shownObject(store, { bucket, key }, signal)));
    const objects = found.flatMap((one) => (one === undefined ? [] : [one]));
    const missing = what.keys.filter((_, index) => found[index] === undefined);
    const [first = ''] = missing;
    if (objects.length === 0)
      throw new MlopsError('notFound', `There is no ${asName(`${bucket}/${first}`)}; nothing was deleted.`);
    return { bucket, objects, missing, all, kept };
  }
  const prefix = 'prefix' in what ? what.prefix : '';
  const objects = await objectsBelow(store, { bucket, prefix }, signal);
  if (objects.length === 0 && !all)
    throw new MlopsError('notFound', `There is nothing below ${asName(`${bucket}/${prefix}`)}.`);
  return { bucket, objects, missing: [], ...(all ? {} : { prefix }), all, kept };
}

async function objectsBelow(
  store: ObjectStore,
  place: { readonly bucket: string; readonly prefix: string },
  signal: AbortSignal,
): Promise<readonly Shown[]> {
  const { items, next } = await searchObjects(store, place, {}, { size: mostDeleted }, signal);
  if (next !== undefined)
    throw new MlopsError(
      'invalid',
      `There are more than ${mostDeleted} objects below ${asName(`${place.bucket}/${place.prefix}`)}.`,
      { hint: 'Name a longer prefix, and delete in parts.' },
    );
  return items.map((item) => ({ key: item.key, size: item.size, state: objectState(item) }));
}

async function shownObject(
  store: ObjectStore,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  signal: AbortSignal,
): Promise<Shown | undefined> {
  try {
    const stat = await store.stat(bucket, key, signal);
    return { key, size: stat.size, state: objectState(stat) };
  } catch (error) {
    if (error instanceof MlopsError && error.kind === 'notFound') return undefined;
    throw error;
  }
}

/** The writes of a store. Throws MlopsError unsupported for one that cannot be changed. */
export function writesOf({ writes }: Pick<ObjectStore, 'writes'>): ObjectWrites {
  if (writes !== undefined) return writes;
  throw new MlopsError('unsupported', 'Nothing can be changed in this store.', {
    hint: 'Its objects can be listed and read.',
  });
}

/** What came of it. */
export interface DeletedObjects {
  readonly deleted: readonly Shown[];
  /** Those that changed after they were shown, and those that the store did not delete. */
  readonly left: readonly NotDeleted[];
  readonly bucketDeleted: boolean;
}

/**
 * Deletes what was shown, and nothing that came or changed since. A bucket goes last, where nothing is left in it.
 */
export async function deleteObjects(
  store: ObjectStore,
  shown: ObjectDeletion,
  signal: AbortSignal,
): Promise<DeletedObjects> {
  const { bucket } = shown;
  const writes = writesOf(store);
  const now = await statesNow(store, shown, signal);
  const same = shown.objects.filter(({ key, state }) => now.get(key) === state);
  const changed = shown.objects
    .filter(({ key, state }) => now.has(key) && now.get(key) !== state)
    .map(({ key }) => ({ key, reason: 'It changed after the question.' }));
  const gone = shown.objects.filter(({ key }) => !now.has(key));
  const remaining =
    same.length === 0
      ? []
      : await writes.delete(
          bucket,
          same.map(({ key }) => key),
          signal,
        );
  const kept = new Set(remaining.map(({ key }) => key));
  const left = [...changed, ...remaining];
  const isEmpty = shown.all && left.length === 0;
  if (isEmpty) await writes.deleteBucket(bucket, signal);
  return {
    deleted: [...same.filter(({ key }) => !kept.has(key)), ...gone],
    left,
    bucketDeleted: isEmpty,
  };
}

async function statesNow(
  store: ObjectStore,
  { bucket, objects, prefix, all }: ObjectDeletion,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const now =
    prefix === undefined && !all
      ? await Promise.all(objects.map(({ key }) => shownObject(store, { bucket, key }, signal)))
      : await objectsBelow(store, { bucket, prefix: prefix ?? '' }, signal);
  return new Map(now.flatMap((one) => (one === undefined ? [] : [[one.key, one.state] as const])));
}
