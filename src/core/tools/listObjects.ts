import * as z from 'zod';
import type { Focus } from '../domain/focus.ts';
import type { Named } from '../domain/mention.ts';
import type { Page } from '../domain/page.ts';
import type { Bucket, ObjectEntry } from '../domain/storedObject.ts';
import { isPronoun, objectPath } from '../sentences/words.ts';
import { code, nameText, plain, table } from '../text/markdown.ts';
import { size as bytes } from '../text/units.ts';
import { pageField } from './fields.ts';
import { inputOfNext, moreText } from './pages.ts';
import { defineTool } from './tool.ts';

type Listing =
  | { readonly kind: 'buckets'; readonly buckets: readonly Bucket[] }
  | {
      readonly kind: 'objects';
      readonly bucket: string;
      readonly prefix: string;
      readonly page: Page<ObjectEntry>;
    };

export const listObjectsTool = defineTool({
  name: 'mlops_list_objects',
  title: 'List buckets and objects',
  userDescription: 'Lists the buckets, or the objects under a prefix.',
  modelDescription:
    'Lists the buckets of the object store, or with a bucket the objects and prefixes right below a prefix. Use it to browse artifacts. Not for what is in an object (mlops_read_object).',
  effect: 'read',
  input: z.strictObject({
    bucket: z
      .string()
      .optional()
      .describe('The bucket; left out: all buckets are listed. "bucket/prefix" works too.'),
    prefix: z.string().optional().describe('Only keys below this prefix, for example "iris/iris-12/".'),
    page: pageField,
  }),
  progress: ({ bucket }) =>
    bucket === undefined ? 'Looking at the buckets' : `Looking into ${nameText(bucket)}`,
  run: async ({ bucket, prefix, page }, deps, signal): Promise<Listing> => {
    const store = await deps.store();
    if (bucket === undefined || bucket === '')
      return { kind: 'buckets', buckets: await store.listBuckets(signal) };
    const [name = '', ...rest] = bucket.split('/');
    const below = folder([...rest, prefix ?? ''].filter((part) => part !== '').join('/'));
    const listed = await store.listObjects(
      name,
      { prefix: below, size: 100, ...(page === undefined ? {} : { page }) },
      signal,
    );
    return { kind: 'objects', bucket: name, prefix: below, page: listed };
  },
  render: (listing) => (listing.kind === 'buckets' ? renderBuckets(listing.buckets) : renderObjects(listing)),
  mentions: (listing) =>
    listing.kind === 'buckets'
      ? listing.buckets.map(({ name }) => ({ kind: 'bucket', bucket: name }) as const)
      : [{ kind: 'bucket', bucket: listing.bucket, prefix: listing.prefix }, ...objectsOf(listing)],
  more: (listing) =>
    listing.kind === 'buckets'
      ? undefined
      : inputOfNext({ bucket: listing.bucket, prefix: listing.prefix }, listing.page),
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

function objectsOf({ bucket, page }: Listing & { kind: 'objects' }): readonly Named[] {
  return page.items.map(({ key }) => ({ kind: 'object', bucket, key }));
}

const folder = (prefix: string) => (prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`);

function renderBuckets(buckets: readonly Bucket[]): string {
  if (buckets.length === 0) return 'There are no buckets yet. The first run makes one for its artifacts.';
  return `Buckets:\n${buckets.map(({ name }) => `- ${code(name)}`).join('\n')}`;
}

function renderObjects({ bucket, prefix, page }: Listing & { kind: 'objects' }): string {
  const where = code(`${bucket}/${prefix}`);
  if (page.items.length === 0) return `There is nothing in ${where}.`;
  const rows = page.items.map((entry) => [
    code(entry.key.slice(prefix.length)),
    entry.kind === 'prefix' ? 'prefix' : bytes(entry.size),
  ]);
  const more = [moreText(page), plain(page.cut ?? '')].filter(Boolean).map((line) => `\n\n${line}`);
  return `In ${where}:\n\n${table(['key', 'size'], rows)}${more.join('')}`;
}
