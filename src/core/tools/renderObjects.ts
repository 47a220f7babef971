import type { Page } from '../domain/page.ts';
import type { Bucket, ObjectEntry } from '../domain/storedObject.ts';
import type { PrefixPlace } from '../storage/searchObjects.ts';
import type { ObjectsSum, Share } from '../storage/sumOfObjects.ts';
import { moment } from '../text/dates.ts';
import { code, count, prose, table } from '../text/markdown.ts';
import { size } from '../text/units.ts';
import { type Listing, placeOf } from './listedObjects.ts';
import { moreText } from './pages.ts';
import { rangeText } from './times.ts';

/** What a store was found to have, as people and models read it. */
export function renderListing(listing: Listing): string {
  switch (listing.kind) {
    case 'buckets':
      return renderBuckets(listing.buckets);
    case 'below':
      return renderBelow(listing);
    case 'found':
      return renderFound(listing);
    case 'ordered':
      return renderOrdered(listing);
    case 'counted':
      return renderCounted(listing);
  }
}

type Of<Kind extends Listing['kind']> = Listing & { readonly kind: Kind };

function renderBuckets(buckets: readonly Bucket[]): string {
  if (buckets.length === 0) return 'There are no buckets yet. The first run makes one for its artifacts.';
  return `Buckets:\n${buckets.map(({ name }) => `- ${code(name)}`).join('\n')}`;
}

function renderBelow({ bucket, prefix, page }: Of<'below'>): string {
  if (page.items.length === 0) return `There is nothing in ${code(`${bucket}/${prefix}`)}.`;
  const rows = objectsTable(page.items.map((entry) => ({ ...entry, shown: entry.key.slice(prefix.length) })));
  return below(`In ${code(`${bucket}/${prefix}`)}:\n\n${rows}`, moreText(page), page.cut);
}

function renderFound({ hits, next, cut, ...searched }: Of<'found'>): string {
  const { verb, what } = wordsOf(searched);
  const page: Page<never> = { items: [], ...(next === undefined ? {} : { next }) };
  if (hits.length === 0) return below(nothing(searched), moreText(page), cut);
  const parts = hits.map(({ bucket, prefix, items }) => {
    const rows = items.map((entry) => ({ ...entry, shown: entry.key.slice(prefix.length) }));
    return `${verb} in ${code(`${bucket}/${prefix}`)}${what}:\n\n${objectsTable(rows)}`;
  });
  return below(parts.join('\n\n'), moreText(page), cut);
}

function renderOrdered({ page, cut, ...searched }: Of<'ordered'>): string {
  const { asked } = searched;
  if (page.items.length === 0) return below(nothing(searched), '', cut);
  const place = placeOf(asked);
  const rows = page.items.map((entry) => ({
    ...entry,
    shown: place === undefined ? [entry.bucket, entry.key].join('/') : entry.key.slice(place.prefix.length),
  }));
  const title = `The ${asked.order ?? ''} objects in ${placeText(place)}${wordsOf(searched).what}`;
  return below(`${title}:\n\n${objectsTable(rows)}`, moreText(page), cut);
}

function renderCounted({ sums, cut, ...searched }: Of<'counted'>): string {
  if (sums.length === 0) return below(nothing(searched), '', cut);
  const { what } = wordsOf(searched);
  const parts = sums.map((one) => sumText(one, what));
  return below(parts.join('\n\n'), '', cut);
}

const mostShares = 10;

function sumText({ bucket, prefix, sum }: PrefixPlace & { readonly sum: ObjectsSum }, what: string): string {
  const { newest, largest, byType, byAge } = sum;
  const path = (key: string) => code(key.slice(prefix.length));
  const left = byType.length - mostShares;
  return [
    `${count(sum.count, 'object')}, ${size(sum.bytes)}, in ${code(`${bucket}/${prefix}`)}${what}.`,
    `- By type: ${byType.slice(0, mostShares).map(typeText).join(', ')}${left > 0 ? `, ${left} more` : ''}`,
    ...(byAge.length === 0 ? [] : [`- By age: ${byAge.map((one) => shareText(one.name, one)).join(', ')}`]),
    ...(newest?.modifiedAt === undefined
      ? []
      : [`- Newest: ${path(newest.key)}, ${moment(newest.modifiedAt)}`]),
    ...(largest === undefined ? [] : [`- Largest: ${path(largest.key)}, ${size(largest.size)}`]),
  ].join('\n');
}

const typeText = (share: Share) =>
  shareText(share.name === '' ? 'without an ending' : code(share.name), share);

const shareText = (name: string, { count: n, bytes }: Share) => `${name} ${n} (${size(bytes)})`;

type Searched = Pick<Of<'found'>, 'asked' | 'filter'>;

/** What was looked for, in words that follow the place: " in the time …, of type `csv`". */
function wordsOf({ filter }: Searched): { readonly verb: string; readonly what: string } {
  const { name, type } = filter;
  const isTimed = filter.since !== undefined || filter.until !== undefined;
  const what = [
    isTimed ? ` in the time ${rangeText(filter)}` : '',
    type === undefined ? '' : `, of type ${code(type)}`,
    name === undefined ? '' : `, with ${code(name)} in the key`,
  ];
  return { verb: isTimed ? 'Changed' : 'Found', what: what.join('') };
}

function nothing(searched: Searched): string {
  const { verb, what } = wordsOf(searched);
  const where = placeText(placeOf(searched.asked), 'any bucket');
  const words = verb === 'Changed' ? `was changed${what}` : `was found${what}`;
  return `No object in ${where} ${words}.`;
}

const placeText = (place: PrefixPlace | undefined, none = 'all buckets') =>
  place === undefined ? none : code(`${place.bucket}/${place.prefix}`);

function objectsTable(entries: readonly (ObjectEntry & { readonly shown: string })[]): string {
  const rows = entries.map((entry) => {
    if (entry.kind === 'prefix') return [code(entry.shown), 'prefix', ''];
    const changed = entry.modifiedAt === undefined ? '' : moment(entry.modifiedAt);
    return [code(entry.shown), size(entry.size), changed];
  });
  return table(['key', 'size', 'changed'], rows);
}

/** A text with how to get more, and what was cut off. */
function below(text: string, more: string, cut: string | undefined): string {
  return [text, more, prose(cut ?? '')].filter((part) => part !== '').join('\n\n');
}
