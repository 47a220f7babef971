import { expect, it } from 'vitest';
import { keptObject } from '../kept.ts';
import { fromPreview } from './fromPreview.ts';

it.each([
  { type: 'ready' },
  { type: 'open' },
  { type: 'openInBrowser' },
  { type: 'draw', y: 'loss', x: 'epoch' },
])('a message of the page is read: %j', (message) => expect(fromPreview(message)).toEqual(message));

it.each([
  undefined,
  'ready',
  { type: 'delete' },
  { type: 'draw', y: 7 },
  { type: 'draw', y: 'x'.repeat(600) },
])('anything else is not: %j', (message) => expect(fromPreview(message)).toBeUndefined());

it('the object of a panel outlives a reload, and nothing else does', () => {
  const kept = { connection: 'objects', bucket: 'data', key: 'a/b.csv' };
  expect(keptObject(kept)).toEqual(kept);
  for (const other of [null, [], { ...kept, key: 5 }, { ...kept, bucket: '' }, { connection: 'objects' }])
    expect(keptObject(other)).toBeUndefined();
});
