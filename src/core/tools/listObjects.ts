import * as z from 'zod';
import type { JsonObject } from '../domain/json.ts';
import type { Named } from '../domain/mention.ts';
import type { ObjectEntry } from '../domain/storedObject.ts';
import { nameText } from '../text/markdown.ts';
import { pageField } from './fields.ts';
import { listed, type Listing, objectOrders, placeOf } from './listedObjects.ts';
import { listObjectsSentences } from './listObjectsSentences.ts';
import { inputOfNext } from './pages.ts';
import { renderListing } from './renderObjects.ts';
import { timeFields } from './times.ts';
import { defineTool } from './tool.ts';

export const listObjectsTool = defineTool({
  name: 'mlops_list_objects',
  title: 'List buckets and objects',
  userDescription: 'Lists buckets and objects, looks for objects, or counts them.',
  modelDescription:
    'Lists buckets, or what is right below a prefix. With name, type, order, count, since or until: objects at any depth, in all buckets where none is named. Content: mlops_read_object.',
  effect: 'read',
  input: z.strictObject({
    bucket: z.string().optional().describe('"bucket" or "bucket/prefix"; left out: all buckets.'),
    prefix: z.string().optional().describe('Such as "iris/iris-12/".'),
    name: z.string().min(1).max(200).optional().describe('Part of the key.'),
    type: z.string().min(1).max(20).optional().describe('"csv", or "dataset", "model", "image".'),
    order: z.enum(objectOrders).optional().describe('By what they are ordered.'),
    count: z.boolean().optional().describe('Only numbers and sizes, by type and age.'),
    ...timeFields,
    limit: z.number().int().min(1).max(100).optional().describe('How many are shown.'),
    page: pageField,
  }),
  progress: ({ bucket }) =>
    bucket === undefined ? 'Looking at the buckets' : `Looking into ${nameText(bucket)}`,
  run: listed,
  render: renderListing,
  mentions: mentionsOf,
  more: nextOf,
  examples: [
    { say: 'list buckets', means: {}, does: 'where objects are' },
    { say: 'list objects in artifacts/', means: { bucket: 'artifacts' } },
    {
      say: 'list objects in artifacts/iris/',
      means: { bucket: 'artifacts', prefix: 'iris/' },
      does: 'what is below a prefix',
    },
    {
      say: 'newest csv files in datasets',
      means: { bucket: 'datasets', type: 'csv', order: 'newest' },
      does: 'also the oldest or largest, by type, name or time',
    },
    {
      say: 'how many objects are in artifacts/',
      means: { bucket: 'artifacts', count: true },
      does: 'numbers and sizes, by type and age',
    },
    {
      say: 'list all datasets uploaded in the past month',
      means: { type: 'dataset', since: 'past month' },
    },
  ],
  sentences: listObjectsSentences,
  slash: {
    name: 'artifacts',
    description: 'List the buckets, or the objects under a prefix',
    sentence: (rest) => (rest === '' ? 'list buckets' : `list objects in ${rest}`),
  },
});

function mentionsOf(listing: Listing): readonly Named[] {
  switch (listing.kind) {
    case 'buckets':
      return listing.buckets.map(({ name }) => ({ kind: 'bucket', bucket: name }) as const);
    case 'below':
      return placed(listing.bucket, listing.prefix, listing.page.items);
    case 'found':
      return listing.hits.flatMap(({ bucket, prefix, items }) => placed(bucket, prefix, items));
    case 'ordered':
      return listing.page.items.map(({ bucket, key }) => ({ kind: 'object', bucket, key }) as const);
    case 'counted':
      return listing.sums.map(({ bucket, prefix }) => ({ kind: 'bucket', bucket, prefix }) as const);
  }
}

function placed(bucket: string, prefix: string, items: readonly ObjectEntry[]): readonly Named[] {
  const objects = items.map(({ key }) => ({ kind: 'object', bucket, key }) as const);
  return [{ kind: 'bucket', bucket, prefix }, ...objects];
}

function nextOf(listing: Listing): JsonObject | undefined {
  switch (listing.kind) {
    case 'below':
      return inputOfNext({ bucket: listing.bucket, prefix: listing.prefix }, listing.page);
    case 'found':
    case 'ordered': {
      const { bucket: _bucket, prefix: _prefix, page: _page, ...asked } = listing.asked;
      const { next } = listing.kind === 'found' ? listing : listing.page;
      const page = { items: [], ...(next === undefined ? {} : { next }) };
      return inputOfNext({ ...placeOf(listing.asked), ...asked }, page);
    }
    case 'buckets':
    case 'counted':
      return undefined;
  }
}
