import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObjectStore } from '../../src/core/ports/objectStore.ts';
import { changing } from './objectChanges.ts';
import { transferring } from './objectTransfers.ts';
import { versioning } from './objectVersions.ts';
import type { StoreSubject } from './storeSubject.ts';

/** What the suite wants to be there: bucket → key → content. */
export type StoreContent = { readonly [bucket: string]: { readonly [key: string]: string | Uint8Array } };

const large = new Uint8Array(300_000).map((_, index) => index % 251);
export const storeContent: StoreContent = {
  artifacts: {
    'iris/1/model.json': '{"a": 1}',
    'iris/1/report.html': '<p>',
    'iris/2/model.json': '{}',
    'iris.txt': 'x',
    'iris/ä b.txt': 'ü',
    'large.bin': large,
    'empty.txt': '',
    'Z.txt': '1',
    'a.txt': '2',
    'é.txt': '3',
    '𝒳.txt': '4',
    '～.txt': '5',
  },
  data: Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`rows/${index}.csv`, String(index)])),
};

const never = new AbortController().signal;

/** What every object store does. */
export function objectStoreContract(name: string, make: () => Promise<StoreSubject>): void {
  describe(`object store: ${name}`, () => {
    let subject: StoreSubject;
    let store: ObjectStore;
    beforeAll(async () => {
      subject = await make();
      ({ store } = subject);
    });
    afterAll(() => subject.remove());
    listing(() => store);
    reading(() => store);
    refusing(() => subject);
    changing(() => subject);
    transferring(() => subject);
    versioning(() => subject);
  });
}

function listing(store: () => ObjectStore): void {
  it('lists buckets by name', async () => {
    expect((await store().listBuckets(never)).map((bucket) => bucket.name)).toEqual(['artifacts', 'data']);
  });

  it('lists one level in UTF-8 order, with full keys, and prefixes with a slash', async () => {
    const { items, next } = await store().listObjects('artifacts', { prefix: '' }, never);
    expect(items.map((entry) => entry.key)).toEqual([
      ...['Z.txt', 'a.txt', 'empty.txt', 'iris.txt', 'iris/', 'large.bin', 'é.txt', '～.txt', '𝒳.txt'],
    ]);
    expect(items[0]).toMatchObject({ kind: 'object', size: 1 });
    expect(items[4]).toEqual({ kind: 'prefix', key: 'iris/' });
    expect(next).toBeUndefined();
  });

  it('lists below a prefix and by the beginning of a name', async () => {
    const keys = async (prefix: string) =>
      (await store().listObjects('artifacts', { prefix }, never)).items.map((entry) => entry.key);
    expect(await keys('iris/')).toEqual(['iris/1/', 'iris/2/', 'iris/ä b.txt']);
    expect(await keys('iris/1/re')).toEqual(['iris/1/report.html']);
    expect(await keys('iris')).toEqual(['iris.txt', 'iris/']);
    expect(await keys('nothing/here/')).toEqual([]);
  });

  it('lists in pages without gaps or repetitions', async () => {
    const keys: string[] = [];
    let page: string | undefined;
    do {
      const query = { prefix: 'rows/', size: 7, ...(page === undefined ? {} : { page }) };
      const listed = await store().listObjects('data', query, never);
      expect(listed.items.length).toBeLessThanOrEqual(7);
      keys.push(...listed.items.map((entry) => entry.key));
      page = listed.next;
    } while (page !== undefined);
    expect(keys).toEqual(Object.keys(storeContent['data'] ?? {}).toSorted());
  });

  it('lists the objects at any depth below a prefix', async () => {
    const keys = async (prefix: string) =>
      (await store().listObjects('artifacts', { prefix, deep: true }, never)).items.map((entry) => entry.key);
    expect(await keys('iris/')).toEqual([
      ...['iris/1/model.json', 'iris/1/report.html', 'iris/2/model.json', 'iris/ä b.txt'],
    ]);
    expect((await keys('')).toSorted()).toEqual(Object.keys(storeContent['artifacts'] ?? {}).toSorted());
    expect(await keys('nothing/')).toEqual([]);
  });

  it('lists the objects that were changed in a time', async () => {
    const { modifiedAt = 0 } = await store().stat('artifacts', 'iris/1/model.json', never);
    const query = { prefix: 'iris/1/m', deep: true };
    const keys = async (time: { readonly since?: number; readonly until?: number }) =>
      (await store().listObjects('artifacts', { ...query, ...time }, never)).items.map((entry) => entry.key);
    expect(await keys({ since: modifiedAt })).toEqual(['iris/1/model.json']);
    expect(await keys({ since: modifiedAt, until: modifiedAt + 1 })).toEqual(['iris/1/model.json']);
    expect(await keys({ since: modifiedAt + 1 })).toEqual([]);
    expect(await keys({ until: modifiedAt })).toEqual([]);
    const top = await store().listObjects('artifacts', { prefix: '', since: 0 }, never);
    expect(top.items.filter(({ kind }) => kind === 'prefix')).toEqual([]);
  });
}

function reading(store: () => ObjectStore): void {
  it('gives size and time of an object', async () => {
    const stat = await store().stat('artifacts', 'large.bin', never);
    expect(stat).toMatchObject({ bucket: 'artifacts', key: 'large.bin', size: large.length });
    expect(stat.modifiedAt).toBeGreaterThan(0);
  });

  it.each<[string, { offset?: number; limit: number }, Uint8Array]>([
    ['all', { limit: 1_000_000 }, large],
    ['the beginning', { limit: 10 }, large.subarray(0, 10)],
    ['the middle', { offset: 100_000, limit: 70_000 }, large.subarray(100_000, 170_000)],
    ['the end', { offset: large.length - 5, limit: 100 }, large.subarray(-5)],
    ['nothing behind the end', { offset: large.length, limit: 5 }, new Uint8Array()],
  ])('reads %s', async (_, range, wanted) => {
    const bytes = await collect(store().read('artifacts', 'large.bin', range, never));
    expect(Buffer.compare(bytes, wanted)).toBe(0);
  });

  it('reads an empty object and keys beyond ASCII', async () => {
    expect((await collect(store().read('artifacts', 'empty.txt', { limit: 10 }, never))).length).toBe(0);
    expect((await collect(store().read('artifacts', 'iris/ä b.txt', { limit: 10 }, never))).toString()).toBe(
      'ü',
    );
  });

  it('stops reading when a loop ends early', async () => {
    let pieces = 0;
    for await (const piece of store().read('artifacts', 'large.bin', { limit: 1_000_000 }, never)) {
      pieces += 1;
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect(pieces).toBe(1);
  });
}

function refusing(subject: () => StoreSubject): void {
  const store = () => subject().store;

  it('throws notFound for missing buckets and objects', async () => {
    const notFound = expect.objectContaining({ name: 'MlopsError', kind: 'notFound' });
    await expect(store().listObjects('nope', { prefix: '' }, never)).rejects.toEqual(notFound);
    await expect(store().stat('artifacts', 'nope', never)).rejects.toEqual(notFound);
    await expect(store().stat('artifacts', 'iris', never)).rejects.toEqual(notFound);
    await expect(store().stat('nope', 'x', never)).rejects.toEqual(notFound);
    await expect(collect(store().read('artifacts', 'iris/nope', { limit: 1 }, never))).rejects.toEqual(
      notFound,
    );
  });

  it.each([
    '../data/rows/1.csv',
    'iris/../../x',
    '/etc/passwd',
    'iris//model.json',
    './iris.txt',
    '',
    'iris/..',
  ])('refuses the key "%s"', async (key) => {
    const refusal = expect.objectContaining({ kind: expect.stringMatching(/^(invalid|notFound)$/) });
    await expect(store().stat('artifacts', key, never)).rejects.toEqual(refusal);
    await expect(collect(store().read('artifacts', key, { limit: 1 }, never))).rejects.toEqual(refusal);
  });

  it('refuses prefixes and buckets that lead out of the store', async () => {
    const invalid = expect.objectContaining({ kind: 'invalid' });
    const outside = await store()
      .listObjects('artifacts', { prefix: '../' }, never)
      .catch((error: unknown) => error);
    const nothing = expect.objectContaining({ items: [] });
    expect(outside).toEqual(subject().anyKey === true ? nothing : invalid);
    await expect(store().listObjects('..', { prefix: '' }, never)).rejects.toEqual(invalid);
    await expect(store().listObjects('artifacts', { prefix: '', page: 'nonsense' }, never)).rejects.toEqual(
      invalid,
    );
  });

  it('ends when it is cancelled', async () => {
    const cancelled = expect.objectContaining({ kind: 'cancelled' });
    const over = AbortSignal.abort();
    await expect(store().listBuckets(over)).rejects.toEqual(cancelled);
    await expect(store().listObjects('data', { prefix: '' }, over)).rejects.toEqual(cancelled);
    await expect(collect(store().read('artifacts', 'large.bin', { limit: 5 }, over))).rejects.toEqual(
      cancelled,
    );
    const middle = new AbortController();
    const read = async () => {
      for await (const _ of store().read('artifacts', 'large.bin', { limit: 1_000_000 }, middle.signal))
        middle.abort();
    };
    await expect(read()).rejects.toEqual(cancelled);
  });
}

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
