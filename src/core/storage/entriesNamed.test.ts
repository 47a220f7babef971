import { expect, test } from 'vitest';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { entriesNamed } from './entriesNamed.ts';

const never = new AbortController().signal;

test('names are found in any case, whole folders too', async () => {
  const store = new MemoryObjectStore()
    .put('data', 'x/April.csv', '')
    .put('data', 'x/april/1.csv', '')
    .put('data', 'x/may.csv', '');
  const { items } = await entriesNamed(store, { bucket: 'data', prefix: 'x/', text: 'APR' }, never);
  expect(items.map(({ key }) => key)).toEqual(['x/April.csv', 'x/april/']);
});

test('in a large folder names that begin with the text are found at once, others further on', async () => {
  const store = new MemoryObjectStore();
  for (let n = 0; n < 11_000; n += 1) store.put('data', `a${String(n).padStart(5, '0')}`, '');
  store.put('data', 'model', '').put('data', 'new model', '');
  const query = { bucket: 'data', prefix: '', text: 'model' };
  const first = await entriesNamed(store, query, never);
  expect(first.items.map(({ key }) => key)).toEqual(['model']);
  expect(first.cut).toBe('10,000 names were looked through; there are more.');
  const { items, next } = await entriesNamed(store, { ...query, page: first.next }, never);
  expect([items.map(({ key }) => key), next]).toEqual([['model', 'new model'], undefined]);
});
