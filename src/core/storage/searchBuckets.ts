import { MlopsError } from '../ports/mlopsError.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import {
  type ListedObject,
  mostLookedAt,
  type ObjectFilter,
  type PrefixPlace,
  searchObjects,
} from './searchObjects.ts';

/** Objects of one bucket that were looked for. */
export interface Hits extends PrefixPlace {
  readonly items: readonly ListedObject[];
}

/** What a search found, by bucket. */
export interface SearchResult {
  readonly hits: readonly Hits[];
  readonly next?: string;
  /** What was not looked at, in words for people. */
  readonly cut?: string;
}

/**
 * Looks for objects in several places, one after the other, until `size` are found or 20,000 were looked at; `next` goes on
 * in the same place or the one after it.
 */
export async function searchBuckets(
  store: ObjectStore,
  places: readonly PrefixPlace[],
  filter: ObjectFilter,
  { size, page }: { readonly size: number; readonly page?: string | undefined },
  signal: AbortSignal,
): Promise<SearchResult> {
  const from = page === undefined ? { at: 0, page: undefined } : startOf(page, places);
  const hits: Hits[] = [];
  const cuts: string[] = [];
  let inner = from.page;
  let [left, looked] = [size, 0];
  for (const [index, place] of places.entries()) {
    if (index < from.at) continue;
    if (left === 0 || looked >= mostLookedAt) return { hits, next: pageToken(place.bucket), ...cutOf(cuts) };
    const found = await searchObjects(store, place, filter, { size: left, page: inner }, signal);
    inner = undefined;
    left -= found.items.length;
    looked += found.looked;
    if (found.items.length > 0) hits.push({ ...place, items: found.items });
    if (found.cut !== undefined) cuts.push(found.cut);
    if (found.next !== undefined) return { hits, next: pageToken(place.bucket, found.next), ...cutOf(cuts) };
  }
  return { hits, ...cutOf(cuts) };
}

/** All objects that are looked for, as far as the first 20,000 of all places go. */
export async function searchAll(
  store: ObjectStore,
  places: readonly PrefixPlace[],
  filter: ObjectFilter,
  signal: AbortSignal,
): Promise<Omit<SearchResult, 'next'>> {
  const { hits, next, cut } = await searchBuckets(store, places, filter, { size: mostLookedAt }, signal);
  const bound = next === undefined ? undefined : 'Only the first 20,000 objects were looked at.';
  return { hits, ...cutOf([bound, cut].filter((text) => text !== undefined)) };
}

const cutOf = (cuts: readonly string[]) => (cuts.length === 0 ? {} : { cut: cuts.join(' ') });

/** A bucket's name has no slash. */
const pageToken = (bucket: string, inner = '') => `${bucket}/${inner}`;

function startOf(page: string, places: readonly PrefixPlace[]) {
  const slash = page.indexOf('/');
  const at = places.findIndex(({ bucket }) => bucket === page.slice(0, slash));
  if (slash < 0 || at < 0) throw new MlopsError('invalid', 'That is no page of this search.');
  return { at, page: page.slice(slash + 1) || undefined };
}
