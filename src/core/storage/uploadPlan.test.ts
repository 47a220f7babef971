import { describe, expect, test } from 'vitest';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { existingKeys, uploadKeys } from './uploadPlan.ts';

const never = new AbortController().signal;

test('files of a folder keep their names below the prefix', () => {
  const { planned, refused } = uploadKeys(
    [{ names: ['photos', 'a', '1.png'] }, { names: ['x'.repeat(1021)] }],
    'raw/',
  );
  expect(planned.map(({ key }) => key)).toEqual(['raw/photos/a/1.png']);
  expect(refused).toMatchObject([{ reason: 'keys have at most 1024 bytes' }]);
});

describe('what is there already', () => {
  const keys = (count: number) => Array.from({ length: count }, (_, n) => `x/${n}`);
  const store = () => {
    const filled = new MemoryObjectStore().put('data', 'x/3', '').put('data', 'x/7', '');
    for (let n = 0; n < 3000; n += 1) filled.put('data', `x/other ${n}`, '');
    return filled;
  };

  test.each([10, 200])('is found among %d keys', async (count) => {
    expect([...(await existingKeys(store(), 'data', keys(count), never))].toSorted()).toEqual(['x/3', 'x/7']);
  });

  test('is looked up key by key where a listing would be long', async () => {
    const filled = store();
    let lists = 0;
    const listObjects = filled.listObjects.bind(filled);
    filled.listObjects = (...args) => {
      lists += 1;
      return listObjects(...args);
    };
    for (let n = 0; n < 20_000; n += 1) filled.put('data', `x/more ${n}`, '');
    expect((await existingKeys(filled, 'data', keys(60), never)).size).toBe(2);
    expect(lists).toBeLessThanOrEqual(8);
  });
});
