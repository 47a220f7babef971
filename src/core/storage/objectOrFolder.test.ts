import { expect, it } from 'vitest';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { objectOrFolder } from './objectOrFolder.ts';

const never = new AbortController().signal;
const store = new MemoryObjectStore().put('team', 'run/table.csv', 'a').put('team', 'run/model/weights', 'b');
const found = (key: string) => objectOrFolder(store, { bucket: 'team', key }, never);

it('is the object, or the folder of that name', async () => {
  expect(await found('run/table.csv')).toBe('run/table.csv');
  expect(await found('run/model')).toBe('run/model/');
  expect(await found('run/')).toBe('run/');
});

it('says so where there is neither', async () => {
  await expect(found('run/mod')).rejects.toMatchObject({ kind: 'notFound' });
});
