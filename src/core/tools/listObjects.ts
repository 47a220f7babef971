import * as z from 'zod';
import type { Focus } from '../domain/focus.ts';
import type { Named } from '../domain/mention.ts';
import type { Page } from '../domain/page.ts';
import type { Bucket, ObjectEntry } from '../domain/storedObject.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import { isPronoun, objectPath } from '../sentences/words.ts';
import { moment } from '../text/dates.ts';
import { code, nameText, prose, table } from '../text/markdown.ts';
import { size as bytes } from '../text/units.ts';
import { pageField } from './fields.ts';
import { inputOfNext, moreText } from './pages.ts';
import { type AskedTime, rangeText, timeFields, type TimeRange, timeRange } from './times.ts';
import { defineTool } from './tool.ts';

type Listing =
  | { readonly kind: 'buckets'; readonly buckets: readonly Bucket[] }
  | ({ readonly kind: 'objects'; readonly page: Page<ObjectEntry> } & Place)
  | {
      readonly kind: 'changed';
      readonly asked: AskedObjects;
      readonly times: TimeRange;
      readonly found: readonly Changed[];
    };

interface Place {
  readonly bucket: string;
  readonly prefix: string;
}

/** Objects of a bucket that were changed in a time. */
interface Changed extends Place {
  readonly page: Page<ObjectEntry>;
}

interface AskedObjects extends AskedTime {
  readonly bucket?: string | undefined;
  readonly prefix?: string | undefined;
  readonly page?: string | undefined;
}

const pageLength = 100;
/** Most buckets that are looked through when none is named. */
const mostBuckets = 50;

export const listObjectsTool = defineTool({
  name: 'mlops_list_objects',
  title: 'List buckets and objects',
  userDescription: 'Lists the buckets, or the objects under a prefix.',
  modelDescription:
    'Lists buckets, or what is right below a prefix, with dates. With `since` or `until`: the objects changed in that time at any depth, in all buckets where none is named. Content: mlops_read_object.',
  effect: 'read',
  input: z.strictObject({
    bucket: z.string().optional().describe('"bucket" or "bucket/prefix"; left out: all buckets.'),
    prefix: z.string().optional().describe('Such as "iris/iris-12/".'),
    ...timeFields,
    page: pageField,
  }),
  progress: ({ bucket }) =>
    bucket === undefined ? 'Looking at the buckets' : `Looking into ${nameText(bucket)}`,
  run: async (input, deps, signal): Promise<Listing> => {
    const store = await deps.store();
    const times = timeRange(input, deps.clock.now());
    const place = placeOf(input);
    if (times.since !== undefined || times.until !== undefined)
      return {
        kind: 'changed',
        asked: input,
        times,
        found: await changedObjects(store, place, input, times, signal),
      };
    if (place === undefined) return { kind: 'buckets', buckets: await store.listBuckets(signal) };
    const query = { prefix: place.prefix, size: pageLength, ...pageOf(input) };
    return { kind: 'objects', ...place, page: await store.listObjects(place.bucket, query, signal) };
  },
  render: (listing) => {
    if (listing.kind === 'buckets') return renderBuckets(listing.buckets);
    return listing.kind === 'objects' ? renderObjects(listing) : renderChanged(listing);
  },
  mentions: (listing) => {
    if (listing.kind === 'buckets')
      return listing.buckets.map(({ name }) => ({ kind: 'bucket', bucket: name }) as const);
    const places = listing.kind === 'objects' ? [listing] : listing.found;
    return places.flatMap(({ bucket, prefix, page }) => [
      { kind: 'bucket', bucket, prefix } as const,
      ...objectsOf(bucket, page.items),
    ]);
  },
  more: (listing) => {
    if (listing.kind === 'buckets') return undefined;
    if (listing.kind === 'objects')
      return inputOfNext({ bucket: listing.bucket, prefix: listing.prefix }, listing.page);
    const [only, ...others] = listing.found;
    if (only === undefined || others.length > 0) return undefined;
    const { since, until } = listing.asked;
    return inputOfNext({ bucket: only.bucket, prefix: only.prefix, since, until }, only.page);
  },
  examples: [
    { say: 'list buckets', means: {}, does: 'where objects are' },
    { say: 'list objects in artifacts/', means: { bucket: 'artifacts' } },
    {
      say: 'list objects in artifacts/iris/',
      means: { bucket: 'artifacts', prefix: 'iris/' },
      does: 'what is below a prefix',
    },
  ],
  sentences: [
    {
      pattern: /^(?:list|show|see)?(?: me)?(?: the| all)? ?buckets$|^what(?: is|'s) in (?:the )?storage$/i,
      means: () => ({}),
    },
    {
      pattern:
        /^(?:list|show|see|browse)?(?: me)?(?: the| all)? ?(?:objects|files|contents?) (?:in|of|under|below) (?<path>.+)$|^(?:list|browse|ls) (?<bare>[^\s/]+\/\S*)$/i,
      means: ({ path, bare }, focus) => prefixIn(path ?? bare, focus),
    },
  ],
  slash: {
    name: 'artifacts',
    description: 'List the buckets, or the objects under a prefix',
    sentence: (rest) => (rest === '' ? 'list buckets' : `list objects in ${rest}`),
  },
});

/** The bucket and the prefix that a sentence names or that are in focus; neither: all buckets. */
function prefixIn(
  path: string | undefined,
  focus: Focus,
): { readonly bucket?: string; readonly prefix?: string | undefined } {
  const where = path === undefined || isPronoun(path) ? focus.bucket : path;
  if (where === undefined) return {};
  const { bucket, rest } = objectPath(where.replace(/^(?:the )?bucket /i, ''));
  return { bucket, prefix: rest === '' ? undefined : rest };
}

function objectsOf(bucket: string, items: readonly ObjectEntry[]): readonly Named[] {
  return items.map(({ key }) => ({ kind: 'object', bucket, key }));
}

const folder = (prefix: string) => (prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`);

/** Where an input looks; undefined for all buckets. */
function placeOf({ bucket, prefix }: AskedObjects): Place | undefined {
  if (bucket === undefined || bucket === '') return undefined;
  const [name = '', ...rest] = bucket.split('/');
  return { bucket: name, prefix: folder([...rest, prefix ?? ''].filter((part) => part !== '').join('/')) };
}

const pageOf = ({ page }: AskedObjects) => (page === undefined ? {} : { page });

/** What was changed in a time, at any depth: below a place, or in all buckets, of which only those with a hit. */
async function changedObjects(
  store: ObjectStore,
  place: Place | undefined,
  input: AskedObjects,
  times: TimeRange,
  signal: AbortSignal,
): Promise<readonly Changed[]> {
  const buckets = place === undefined ? await store.listBuckets(signal) : [];
  const places = place === undefined ? buckets.map(({ name }) => ({ bucket: name, prefix: '' })) : [place];
  const found: Changed[] = [];
  for (const { bucket, prefix } of places.slice(0, mostBuckets)) {
    const query = {
      prefix,
      deep: true,
      size: pageLength,
      ...times,
      ...(place === undefined ? {} : pageOf(input)),
    };
    const page = await store.listObjects(bucket, query, signal);
    if (page.items.length > 0) found.push({ bucket, prefix, page });
  }
  return found;
}

function renderBuckets(buckets: readonly Bucket[]): string {
  if (buckets.length === 0) return 'There are no buckets yet. The first run makes one for its artifacts.';
  return `Buckets:\n${buckets.map(({ name }) => `- ${code(name)}`).join('\n')}`;
}

function renderObjects({ bucket, prefix, page }: Changed): string {
  if (page.items.length === 0) return `There is nothing in ${code(`${bucket}/${prefix}`)}.`;
  return `In ${code(`${bucket}/${prefix}`)}:\n\n${objectsTable(prefix, page)}`;
}

function objectsTable(prefix: string, page: Page<ObjectEntry>): string {
  const rows = page.items.map((entry) => {
    const key = code(entry.key.slice(prefix.length));
    if (entry.kind === 'prefix') return [key, 'prefix', ''];
    return [key, bytes(entry.size), entry.modifiedAt === undefined ? '' : moment(entry.modifiedAt)];
  });
  const more = [moreText(page), prose(page.cut ?? '')].filter(Boolean).map((line) => `\n\n${line}`);
  return `${table(['key', 'size', 'changed'], rows)}${more.join('')}`;
}

function renderChanged({ asked, times, found }: Listing & { readonly kind: 'changed' }): string {
  const place = placeOf(asked);
  const where = place === undefined ? 'any bucket' : code(`${place.bucket}/${place.prefix}`);
  if (found.length === 0) return `No object in ${where} was changed in the time ${rangeText(times)}.`;
  return found
    .map(
      ({ bucket, prefix, page }) =>
        `Changed in ${code(`${bucket}/${prefix}`)} in the time ${rangeText(times)}:\n\n${objectsTable(prefix, page)}`,
    )
    .join('\n\n');
}
