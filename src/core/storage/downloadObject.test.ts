import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import type { LocalTarget } from '../ports/localFiles.ts';
import { downloadObject } from './downloadObject.ts';

const never = new AbortController().signal;
const from = { bucket: 'data', key: 'a.bin' };
let store: MemoryObjectStore;
let written: Buffer;
let end: 'finished' | 'discarded' | undefined;

const target = async (): Promise<LocalTarget> => ({
  write: async (bytes, offset) => {
    written = Buffer.concat([written.subarray(0, offset), bytes]);
  },
  finish: async () => {
    end = 'finished';
  },
  discard: async () => {
    end = 'discarded';
  },
});

beforeEach(() => {
  store = new MemoryObjectStore().put('data', 'a.bin', 'x'.repeat(200_000)).put('data', 'empty', '');
  written = Buffer.alloc(0);
  end = undefined;
});

describe('a download', () => {
  test('is put in its place when all bytes are there', async () => {
    const seen: number[] = [];
    await downloadObject(store, from, target, (bytes) => seen.push(bytes), never);
    expect([written.length, end, seen.at(-1)]).toEqual([200_000, 'finished', 200_000]);
  });

  test('of an empty object is an empty file', async () => {
    await downloadObject(store, { bucket: 'data', key: 'empty' }, target, () => undefined, never);
    expect([written.length, end]).toEqual([0, 'finished']);
  });

  test('leaves nothing where the object changes on the way', async () => {
    const stat = store.stat.bind(store);
    store.stat = async (...args) => {
      const before = await stat(...args);
      store.put('data', 'a.bin', 'y');
      return before;
    };
    const download = downloadObject(store, from, target, () => undefined, never);
    await expect(download).rejects.toMatchObject({ kind: 'conflict' });
    expect(end).toBe('discarded');
  });

  test('leaves nothing when it is cancelled', async () => {
    const controller = new AbortController();
    const download = downloadObject(store, from, target, () => controller.abort(), controller.signal);
    await expect(download).rejects.toMatchObject({ kind: 'cancelled' });
    expect(end).toBe('discarded');
  });
});
