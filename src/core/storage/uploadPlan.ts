import type { ObjectStore } from '../ports/objectStore.ts';
import { mostObjects } from '../ports/pages.ts';
import type { RefusedKey } from './downloadNames.ts';
import { statOf } from './saveObject.ts';

/** A file with the key that it is stored under. */
export interface PlannedUpload<T> {
  readonly file: T;
  readonly key: string;
}

const longestKey = 1024;
/** So many keys are looked up one by one; more are found in a listing. */
const mostLookedUp = 50;
const lookedUpAtOnce = 8;

/** The keys of files below a prefix; those that are no possible keys are refused. */
export function uploadKeys<T extends { readonly names: readonly string[] }>(
  files: readonly T[],
  prefix: string,
): { readonly planned: readonly PlannedUpload<T>[]; readonly refused: readonly RefusedKey[] } {
  const all = files.map((file) => ({ file, key: prefix + file.names.join('/') }));
  const isPossible = ({ key }: PlannedUpload<T>) => new TextEncoder().encode(key).length <= longestKey;
  return {
    planned: all.filter(isPossible),
    refused: all
      .filter((one) => !isPossible(one))
      .map(({ key }) => ({ key, reason: `keys have at most ${longestKey} bytes` })),
  };
}

/** Those of the keys that are in a bucket already. */
export async function existingKeys(
  store: Pick<ObjectStore, 'stat' | 'listObjects'>,
  bucket: string,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  if (keys.length > mostLookedUp) {
    const listed = await listedAmong(store, bucket, keys, signal);
    if (listed !== undefined) return listed;
  }
  const there = new Set<string>();
  const waiting = [...keys];
  const lookUp = async () => {
    for (let key = waiting.pop(); key !== undefined; key = waiting.pop())
      if ((await statOf(store, { bucket, key }, signal)) !== undefined) there.add(key);
  };
  await Promise.all(Array.from({ length: lookedUpAtOnce }, lookUp));
  return there;
}

/** By listing what they have in common; undefined where that would take longer than looking each up. */
async function listedAmong(
  store: Pick<ObjectStore, 'listObjects'>,
  bucket: string,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlySet<string> | undefined> {
  const wanted = new Set(keys);
  const there = new Set<string>();
  const prefix = keys.reduce(commonPrefix);
  let pages = keys.length / lookedUpAtOnce;
  let page: string | undefined;
  do {
    if ((pages -= 1) < 0) return undefined;
    const query = { prefix, deep: true, size: mostObjects, ...(page === undefined ? {} : { page }) };
    const { items, next } = await store.listObjects(bucket, query, signal);
    for (const { key } of items) if (wanted.has(key)) there.add(key);
    page = next;
  } while (page !== undefined);
  return there;
}

/** What two keys begin with, up to a slash: a listing takes prefixes that end there everywhere. */
function commonPrefix(a: string, b: string): string {
  let end = 0;
  while (end < a.length && a[end] === b[end]) end += 1;
  return a.slice(0, a.slice(0, end).lastIndexOf('/') + 1);
}
