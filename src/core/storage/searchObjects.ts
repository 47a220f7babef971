import type { Page } from '../domain/page.ts';
import type { ObjectEntry } from '../domain/storedObject.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { ObjectQuery, ObjectStore } from '../ports/objectStore.ts';
import { isOfType } from './objectKinds.ts';

/** An object as listings have it. */
export type ListedObject = ObjectEntry & { readonly kind: 'object' };

/** The objects below a prefix. */
export interface PrefixPlace {
  readonly bucket: string;
  readonly prefix: string;
}

/** Which of the objects at any depth below a prefix are meant. Times are milliseconds since 1970. */
export interface ObjectFilter extends Pick<ObjectQuery, 'since' | 'until'> {
  /** What their keys contain, in any case. */
  readonly name?: string | undefined;
  /** An ending, or a word for several: see `isOfType`. */
  readonly type?: string | undefined;
}

/** Most objects that one search looks at. */
export const mostLookedAt = 20_000;
const pageSize = 1000;

/** Whether an object is meant. The store itself keeps to the times. */
export function isMeant(key: string, { name, type }: ObjectFilter): boolean {
  return (
    (name === undefined || key.toLowerCase().includes(name.toLowerCase())) &&
    (type === undefined || isOfType(key, type))
  );
}

/**
 * The objects that are meant, in the order of their keys: at most `size` of them, and those among the next 20,000 that there
 * are. `next` goes on after that, be it full or not.
 */
export async function searchObjects(
  store: ObjectStore,
  { bucket, prefix }: PrefixPlace,
  filter: ObjectFilter,
  { size, page }: { readonly size: number; readonly page?: string | undefined },
  signal: AbortSignal,
): Promise<Page<ListedObject> & { readonly looked: number }> {
  const items: ListedObject[] = [];
  const cuts = new Set<string>();
  let looked = 0;
  let place: SearchPlace | undefined = placeIn(page);
  while (place !== undefined && items.length < size && looked < mostLookedAt) {
    const { skip, token }: SearchPlace = place;
    const found = await store.listObjects(bucket, queryOf(prefix, filter, token), signal);
    const hits = found.items.filter(isObject).filter(({ key }) => isMeant(key, filter));
    const end = Math.min(hits.length, skip + size - items.length);
    items.push(...hits.slice(skip, end));
    looked += found.items.length;
    if (found.cut !== undefined) cuts.add(found.cut);
    if (end < hits.length) place = { skip: end, token };
    else place = found.next === undefined ? undefined : { skip: 0, token: found.next };
  }
  return {
    items,
    looked,
    ...(place === undefined ? {} : { next: pageToken(place) }),
    ...(cuts.size === 0 ? {} : { cut: [...cuts].join(' ') }),
  };
}

function queryOf(prefix: string, { since, until }: ObjectFilter, token: string | undefined): ObjectQuery {
  return {
    prefix,
    deep: true,
    size: pageSize,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(token === undefined ? {} : { page: token }),
  };
}

const isObject = (entry: ObjectEntry): entry is ListedObject => entry.kind === 'object';

/** A place in a search: a page of the store, and how many hits of it were given already. */
interface SearchPlace {
  readonly skip: number;
  readonly token: string | undefined;
}

const pageToken = ({ skip, token }: SearchPlace) => `${skip}.${token ?? ''}`;

function placeIn(page: string | undefined): SearchPlace {
  if (page === undefined) return { skip: 0, token: undefined };
  const [, skip, token] = /^(\d{1,4})\.(.*)$/s.exec(page) ?? [];
  if (skip === undefined) throw new MlopsError('invalid', 'That is no page of this search.');
  return { skip: Number(skip), token: token === '' ? undefined : token };
}
