import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createS3 } from '../../src/adapters/s3/s3.ts';
import { mostLookedAt, searchObjects } from '../../src/core/storage/searchObjects.ts';
import type { ObjectStore } from '../../src/core/ports/objectStore.ts';
import { million, startMillionObjects } from '../servers/s3/millionObjects.ts';

const never = new AbortController().signal;
const { bucket, prefix, count } = million;

describe('a bucket of a million objects', () => {
  let server: Awaited<ReturnType<typeof startMillionObjects>>;
  let store: ObjectStore;
  beforeAll(async () => {
    server = await startMillionObjects();
    store = createS3(server.place);
  });
  afterAll(() => server.stop());

  it('shows its first page after one request', async () => {
    const before = server.calls();
    const { items, next } = await store.listObjects(bucket, { prefix, size: 100 }, never);
    expect(items).toHaveLength(100);
    expect(next).toBeDefined();
    expect(server.calls() - before).toBe(1);
  });

  it('is paged through whole without more memory at its end than at its beginning', async () => {
    let [seen, last, page]: [number, string, string | undefined] = [0, '', undefined];
    const most = { early: 0, late: 0 };
    do {
      const query: Parameters<ObjectStore['listObjects']>[1] = {
        ...{ prefix, deep: true, size: 1000 },
        ...(page === undefined ? {} : { page }),
      };
      const listed = await store.listObjects(bucket, query, never);
      seen += listed.items.length;
      for (const { key } of listed.items) {
        if (key <= last) throw new Error(`${key} comes after ${last}.`);
        last = key;
      }
      page = listed.next;
      const half = seen <= count / 2 ? 'early' : 'late';
      most[half] = Math.max(most[half], process.memoryUsage().heapUsed);
    } while (page !== undefined);
    expect(seen).toBe(count);
    // A million entries that were kept would take more than 150 MB.
    expect(most.late - most.early).toBeLessThan(60_000_000);
  }, 120_000);

  it('is searched within bounds', async () => {
    const before = server.calls();
    const found = await searchObjects(store, { bucket, prefix }, { name: '0999999' }, { size: 10 }, never);
    expect(found).toMatchObject({ items: [], looked: mostLookedAt });
    expect(found.next).toBeDefined();
    expect(server.calls() - before).toBe(mostLookedAt / 1000);
  });

  it('is searched no further once that is cancelled', async () => {
    const stopping = new AbortController();
    const before = server.calls();
    const counting: ObjectStore = Object.assign(createS3(server.place), {
      listObjects: async (...args: Parameters<ObjectStore['listObjects']>) => {
        if (server.calls() - before === 3) stopping.abort();
        return store.listObjects(...args);
      },
    });
    const search = searchObjects(
      counting,
      { bucket, prefix },
      { name: 'nothing' },
      { size: 10 },
      stopping.signal,
    );
    await expect(search).rejects.toMatchObject({ kind: 'cancelled' });
    expect(server.calls() - before).toBe(3);
  });
});
