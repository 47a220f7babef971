import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { moveObject, placeIn, relocations } from './relocate.ts';

const never = new AbortController().signal;
const a = { bucket: 'data', key: 'a.csv' };
const b = { bucket: 'other', key: 'b.csv' };
let store: MemoryObjectStore;

beforeEach(() => {
  store = new MemoryObjectStore().put('data', 'a.csv', 'one').put('other', 'x', '');
});

const move = (replaces = false) =>
  moveObject(store, { from: a, to: b, size: 3 }, replaces, () => undefined, never);
const names = async () => {
  const lists = ['data', 'other'].map((bucket) =>
    store.listObjects(bucket, { prefix: '', deep: true }, never),
  );
  return (await Promise.all(lists)).map(({ items }) => items.map(({ key }) => key));
};

describe('moving an object', () => {
  test('copies it and then deletes it', async () => {
    await move();
    expect(await names()).toEqual([[], ['b.csv', 'x']]);
  });

  test('replaces nothing unless that was agreed', async () => {
    store.put('other', 'b.csv', 'theirs');
    await expect(move()).rejects.toMatchObject({ kind: 'conflict' });
    expect(await names()).toEqual([['a.csv'], ['b.csv', 'x']]);
    await move(true);
    expect(await store.stat('other', 'b.csv', never)).toMatchObject({ size: 3 });
  });

  test('leaves it where it changed meanwhile', async () => {
    const copy = store.writes.copy.bind(store.writes);
    Object.assign(store.writes, {
      copy: async (...args: Parameters<typeof copy>) => {
        const copied = await copy(...args);
        store.put('data', 'a.csv', 'two');
        return copied;
      },
    });
    await expect(move()).rejects.toThrow('data/a.csv changed while it was moved; it is still there.');
    expect(await names()).toEqual([['a.csv'], ['b.csv', 'x']]);
  });
});

test('a folder keeps what is below it', () => {
  const plan = { from: { bucket: 'data', key: 'x/' }, to: { bucket: 'other', key: 'y/z/' } };
  expect(relocations(plan, [{ key: 'x/1/a', size: 3 }])).toEqual([
    { from: { bucket: 'data', key: 'x/1/a' }, to: { bucket: 'other', key: 'y/z/1/a' }, size: 3 },
  ]);
});

test.each([
  ['x/', 'x/y/'],
  ['x/', 'x/'],
  ['a', 'a'],
])('%s cannot go to %s', (from, to) => {
  const plan = { from: { bucket: 'data', key: from }, to: { bucket: 'data', key: to } };
  expect(() => relocations(plan, [])).toThrow('cannot go into itself');
});

test.each([
  ['datasets/a/b.csv', { bucket: 'datasets', key: 'a/b.csv' }],
  ['datasets', { bucket: 'datasets', key: '' }],
  ['/a', undefined],
  ['', undefined],
])('the place %j is %j', (line, place) => expect(placeIn(line)).toEqual(place));
