import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import type { ObjectStat } from '../domain/storedObject.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { type AskResolution, type Resolution, saveObject } from './saveObject.ts';
import { objectState } from './objectState.ts';

const never = new AbortController().signal;
const name = { bucket: 'datasets', key: 'a.csv' };
let store: MemoryObjectStore;
let opened: string;
let asked: (ObjectStat | undefined)[];

beforeEach(async () => {
  store = new MemoryObjectStore().put('datasets', 'a.csv', 'old');
  opened = objectState(await store.stat('datasets', 'a.csv', never));
  asked = [];
});

const answering =
  (...answers: Resolution[]): AskResolution =>
  async (now) => {
    asked.push(now);
    return answers.shift() ?? 'wait';
  };
const save = (content: string, ask: AskResolution, over: string | undefined = opened) =>
  saveObject(store, { ...name, content: Buffer.from(content), opened: over }, ask, never);
const text = async () => {
  let all = '';
  for await (const piece of store.read('datasets', 'a.csv', { limit: 1000 }, never))
    all += Buffer.from(piece).toString();
  return all;
};

describe('a save', () => {
  test('asks nothing where the object is what was opened', async () => {
    expect(await save('mine', answering())).toMatchObject({ size: 4 });
    expect([await text(), asked]).toEqual(['mine', []]);
  });

  test('asks where somebody changed it, even to the same length', async () => {
    store.put('datasets', 'a.csv', 'new');
    expect(await save('mine', answering('wait'))).toBe('wait');
    expect([await text(), asked]).toEqual(['new', [expect.objectContaining({ size: 3 })]]);
    expect(await save('mine', answering('discard'))).toBe('discard');
    expect(await text()).toBe('new');
    expect(await save('mine', answering('overwrite'))).toMatchObject({ size: 4 });
    expect(await text()).toBe('mine');
  });

  test('asks once more where it changed while the person was asked', async () => {
    store.put('datasets', 'a.csv', 'new');
    const ask: AskResolution = async (now) => {
      asked.push(now);
      if (asked.length > 1) return 'wait';
      store.put('datasets', 'a.csv', 'newer');
      return 'overwrite';
    };
    expect(await save('mine', ask)).toBe('wait');
    expect(asked.map((now) => now?.size)).toEqual([3, 5]);
    expect(await text()).toBe('newer');
  });

  test('asks where it was deleted, and stores it again', async () => {
    await store.writes.delete('datasets', ['a.csv'], never);
    expect(await save('mine', answering('overwrite'))).toMatchObject({ size: 4 });
    expect(asked).toEqual([undefined]);
  });

  test('keeps content type, metadata and tags', async () => {
    const given = { contentType: 'text/csv', metadata: { team: 'vision' } };
    const { etag } = await store.writes.put(name, sourceOf('old'), given, never);
    await store.writes.setTags?.(name, { stage: 'raw' }, never);
    await save('mine', answering(), etag);
    expect(await store.stat('datasets', 'a.csv', never)).toMatchObject(given);
    expect(await store.tags(name, never)).toEqual({ stage: 'raw' });
  });

  test('fails where the store refuses for another reason', async () => {
    store.writes.put = async () => {
      throw new MlopsError('conflict', 'It is locked.');
    };
    await expect(save('mine', answering())).rejects.toThrow('It is locked.');
  });
});

const sourceOf = (content: string) => ({
  size: content.length,
  read: async function* () {
    yield Buffer.from(content);
  },
});
