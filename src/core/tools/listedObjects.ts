import type { Page } from '../domain/page.ts';
import type { Bucket, ObjectEntry } from '../domain/storedObject.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import { searchAll, searchBuckets, type Hits } from '../storage/searchBuckets.ts';
import type { ListedObject, ObjectFilter, PrefixPlace } from '../storage/searchObjects.ts';
import { type ObjectsSum, sumOfObjects } from '../storage/sumOfObjects.ts';
import { objectPath } from '../sentences/words.ts';
import { type AskedTime, timeRange } from './times.ts';
import type { ToolDeps } from './tool.ts';

export const objectOrders = ['newest', 'oldest', 'largest', 'smallest'] as const;
type Order = (typeof objectOrders)[number];

/** What is asked of a store. */
export interface AskedObjects extends AskedTime {
  readonly bucket?: string | undefined;
  readonly prefix?: string | undefined;
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  readonly order?: Order | undefined;
  readonly count?: boolean | undefined;
  readonly limit?: number | undefined;
  readonly page?: string | undefined;
}

/** What was looked for at any depth. */
interface Searched {
  readonly asked: AskedObjects;
  readonly filter: ObjectFilter;
  /** What was not looked at, in words for people. */
  readonly cut?: string;
}

/** An object of a list that goes over several buckets. */
export type PlacedObject = ListedObject & { readonly bucket: string };

/** The answer: the buckets; what is right below a prefix; what was looked for, by bucket or in an order; what objects come to. */
export type Listing =
  | { readonly kind: 'buckets'; readonly buckets: readonly Bucket[] }
  | ({ readonly kind: 'below'; readonly page: Page<ObjectEntry> } & PrefixPlace)
  | (Searched & { readonly kind: 'found'; readonly hits: readonly Hits[]; readonly next?: string })
  | (Searched & { readonly kind: 'ordered'; readonly page: Page<PlacedObject> })
  | (Searched & {
      readonly kind: 'counted';
      readonly sums: readonly (PrefixPlace & { readonly sum: ObjectsSum })[];
    });

const pageLength = 100;
const orderedLength = 20;
/** Most buckets that are looked through when none is named. */
const mostBuckets = 50;

/** Looks at a store. Without anything that is looked for: the buckets, or what is right below a prefix. */
export async function listed(
  asked: AskedObjects,
  { store: open, clock }: Pick<ToolDeps, 'store' | 'clock'>,
  signal: AbortSignal,
): Promise<Listing> {
  const store = await open();
  const place = placeOf(asked);
  const { name, type, order, count = false, limit, page } = asked;
  const filter = { name, type, ...timeRange(asked, clock.now()) };
  if (count || [order, ...Object.values(filter)].some((one) => one !== undefined)) {
    const { places, cut } = await placesOf(store, place, signal);
    const searched = { asked, filter, ...(cut === undefined ? {} : { cut }) };
    if (count) return counted(store, places, searched, clock.now(), signal);
    if (order !== undefined) return inOrder(store, places, searched, order, signal);
    const size = limit ?? pageLength;
    const found = await searchBuckets(store, places, filter, { size, page }, signal);
    return { kind: 'found', ...searched, ...found, ...together(cut, found.cut) };
  }
  if (place === undefined) return { kind: 'buckets', buckets: await store.listBuckets(signal) };
  const query = { prefix: place.prefix, size: limit ?? pageLength, ...(page === undefined ? {} : { page }) };
  return { kind: 'below', ...place, page: await store.listObjects(place.bucket, query, signal) };
}

const folder = (prefix: string) => (prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`);

/** Where an input looks; undefined for all buckets. */
export function placeOf({ bucket, prefix }: AskedObjects): PrefixPlace | undefined {
  if (bucket === undefined || bucket === '') return undefined;
  const { bucket: name, rest } = objectPath(bucket);
  return { bucket: name, prefix: folder([rest, prefix ?? ''].filter((part) => part !== '').join('/')) };
}

async function placesOf(store: ObjectStore, place: PrefixPlace | undefined, signal: AbortSignal) {
  if (place !== undefined) return { places: [place] };
  const buckets = await store.listBuckets(signal);
  const places = buckets.slice(0, mostBuckets).map(({ name }) => ({ bucket: name, prefix: '' }));
  return buckets.length <= mostBuckets
    ? { places }
    : { places, cut: `Only the first ${mostBuckets} of ${buckets.length} buckets were looked at.` };
}

async function counted(
  store: ObjectStore,
  places: readonly PrefixPlace[],
  searched: Searched,
  now: number,
  signal: AbortSignal,
): Promise<Listing> {
  const { hits, cut } = await searchAll(store, places, searched.filter, signal);
  const sums = hits.map(({ bucket, prefix, items }) => ({ bucket, prefix, sum: sumOfObjects(items, now) }));
  return { kind: 'counted', ...searched, sums, ...together(searched.cut, cut) };
}

async function inOrder(
  store: ObjectStore,
  places: readonly PrefixPlace[],
  searched: Searched,
  order: Order,
  signal: AbortSignal,
): Promise<Listing> {
  const { hits, cut } = await searchAll(store, places, searched.filter, signal);
  const { limit = orderedLength, page } = searched.asked;
  const all = hits.flatMap(({ bucket, items }) => items.map((item) => ({ ...item, bucket })));
  const from = /^\d{1,5}$/.test(page ?? '') ? Number(page) : 0;
  const items = all.toSorted(orders[order]).slice(from, from + limit);
  const end = from + items.length;
  const next = end < all.length ? { next: String(end) } : {};
  const shown = { items, total: all.length, ...next };
  return { kind: 'ordered', ...searched, page: shown, ...together(searched.cut, cut) };
}

type Compare = (a: ListedObject, b: ListedObject) => number;
const orders: { readonly [order in Order]: Compare } = {
  newest: (a, b) => (b.modifiedAt ?? 0) - (a.modifiedAt ?? 0),
  oldest: (a, b) => (a.modifiedAt ?? Infinity) - (b.modifiedAt ?? Infinity),
  largest: (a, b) => b.size - a.size,
  smallest: (a, b) => a.size - b.size,
};

function together(...cuts: readonly (string | undefined)[]): { readonly cut?: string } {
  const said = cuts.filter((cut) => cut !== undefined);
  return said.length === 0 ? {} : { cut: said.join(' ') };
}
