import { expect, it } from 'vitest';
import type { ObjectStore } from '../../src/core/ports/objectStore.ts';
import type { ObjectVersion, ObjectVersions } from '../../src/core/ports/objectVersions.ts';
import type { ObjectWrites } from '../../src/core/ports/objectWrites.ts';
import { sourceOf } from './objectTransfers.ts';
import type { StoreSubject } from './storeSubject.ts';

const never = new AbortController().signal;
const bucket = 'contract-versions';
/** The bucket that the suite of versions makes. */
export const versionBuckets = [bucket];

/** What every store does that keeps versions of objects. */
export function versioning(subject: () => StoreSubject): void {
  it('knows whether a bucket keeps versions', async ({ skip }) => {
    const { versions } = await keeping(subject(), skip);
    expect(await versions.kept(bucket, never)).toBe(true);
    expect(await versions.kept('artifacts', never)).toBe(false);
  });

  it('lists the versions of an object, the newest first, and reads each', async ({ skip }) => {
    const { store, versions, put, writes } = await keeping(subject(), skip);
    for (const text of ['first', 'second', 'third']) await put('a/listed.txt', text);
    await put('b.txt', 'other');
    await writes.delete(bucket, ['a/listed.txt'], never);
    const { items } = await versions.list(bucket, { prefix: 'a/' }, never);
    expect(items).toMatchObject([
      { bucket, key: 'a/listed.txt', latest: true, deleted: true },
      { latest: false, deleted: false, size: 5 },
      { latest: false, deleted: false, size: 6 },
      { latest: false, deleted: false, size: 5 },
    ]);
    const texts = items.slice(1).map(({ key, id }) => textOf(store, key, id));
    expect(await Promise.all(texts)).toEqual(['third', 'second', 'first']);
    await expect(textOf(store, 'a/listed.txt')).rejects.toMatchObject({ kind: 'notFound' });
  });

  it('lists versions in pages, of keys that need care', async ({ skip }) => {
    const { versions, put } = await keeping(subject(), skip);
    const keys = ['pages/a b+c&d.txt', 'pages/ü %.txt', 'pages/007'];
    for (const key of keys) for (const text of ['1', '2', '3', '4']) await put(key, text);
    const all: ObjectVersion[] = [];
    let page: string | undefined;
    do {
      const query = { prefix: 'pages/', size: 5, ...(page === undefined ? {} : { page }) };
      const listed = await versions.list(bucket, query, never);
      expect(listed.items.length).toBeLessThanOrEqual(5);
      all.push(...listed.items);
      page = listed.next;
    } while (page !== undefined);
    expect(new Set(all.map(({ key, id }) => `${key} ${id}`)).size).toBe(12);
    expect([...new Set(all.map(({ key }) => key))]).toEqual([keys[2], keys[0], keys[1]]);
    expect(all.filter(({ latest }) => latest)).toHaveLength(3);
    const wrong = versions.list(bucket, { prefix: '', page: 'nonsense' }, never);
    await expect(wrong).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('restores an older version, and keeps the others', async ({ skip }) => {
    const { store, versions, put } = await keeping(subject(), skip);
    const key = 'restored ü+1.txt';
    for (const text of ['first', 'second']) await put(key, text);
    const [latest, oldest] = (await versions.list(bucket, { prefix: key }, never)).items;
    await versions.restore(given(oldest), never);
    expect(await textOf(store, key)).toBe('first');
    await versions.restore(given(latest), never);
    const after = (await versions.list(bucket, { prefix: key }, never)).items;
    expect(after.map(({ id }) => id)).toEqual(expect.arrayContaining([latest?.id, oldest?.id]));
  });

  it('takes a deletion back', async ({ skip }) => {
    const { store, versions, put, writes } = await keeping(subject(), skip);
    await put('deleted.txt', 'there');
    await writes.delete(bucket, ['deleted.txt'], never);
    const [mark] = (await versions.list(bucket, { prefix: 'deleted.txt' }, never)).items;
    await versions.restore(given(mark), never);
    expect(await textOf(store, 'deleted.txt')).toBe('there');
  });

  it('deletes one version for good', async ({ skip }) => {
    const { store, versions, put } = await keeping(subject(), skip);
    for (const text of ['first', 'second']) await put('dropped.txt', text);
    const [second, first] = (await versions.list(bucket, { prefix: 'dropped.txt' }, never)).items;
    await versions.delete(given(second), never);
    expect(await textOf(store, 'dropped.txt')).toBe('first');
    expect((await versions.list(bucket, { prefix: 'dropped.txt' }, never)).items).toMatchObject([
      { id: first?.id, latest: true },
    ]);
    await expect(textOf(store, 'dropped.txt', second?.id)).rejects.toMatchObject({ kind: 'notFound' });
  });
}

interface Keeping {
  readonly store: ObjectStore;
  readonly writes: ObjectWrites;
  readonly versions: ObjectVersions;
  readonly put: (key: string, text: string) => Promise<unknown>;
}

/** The store with a bucket that keeps versions. */
async function keeping(
  { store, keepVersions }: StoreSubject,
  skip: (why: string) => never,
): Promise<Keeping> {
  const { writes, versions } = store;
  if (keepVersions === undefined || versions === undefined || writes === undefined)
    return skip('It keeps no versions.');
  if (!(await store.listBuckets(never)).some(({ name }) => name === bucket)) {
    await writes.createBucket(bucket, never);
    await keepVersions(bucket);
  }
  const put = (key: string, text: string) =>
    writes.put({ bucket, key }, sourceOf(Buffer.from(text)), {}, never);
  return { store, writes, versions, put };
}

async function textOf(store: ObjectStore, key: string, version?: string): Promise<string> {
  const range = { limit: 1000, ...(version === undefined ? {} : { version }) };
  const all: Uint8Array[] = [];
  for await (const piece of store.read(bucket, key, range, never)) all.push(piece);
  return Buffer.concat(all).toString();
}

function given(version: ObjectVersion | undefined): ObjectVersion {
  if (version === undefined) throw new Error('The version is not listed.');
  return version;
}
