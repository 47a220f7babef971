import { expect, it } from 'vitest';
import type { ObjectStore } from '../../src/core/ports/objectStore.ts';
import type { ObjectWrites } from '../../src/core/ports/objectWrites.ts';
import type { StoreSubject } from './storeSubject.ts';

const never = new AbortController().signal;

/** Buckets that the suite of changes makes. */
export const madeBuckets = ['contract-changes', 'contract-taken'];
const [bucket = '', taken = ''] = madeBuckets;

/** What every object store that can be changed does. The bucket `artifacts` is only read. */
export function changing(subject: () => StoreSubject): void {
  changingBuckets(subject);
  copying(subject);
  deleting(subject);
  tagging(subject);
}

function changingBuckets(subject: () => StoreSubject): void {
  it('makes and deletes a bucket', async ({ skip }) => {
    const { store, writes } = changeable(subject(), skip);
    await writes.createBucket(bucket, never);
    expect((await store.listBuckets(never)).map(({ name }) => name)).toContain(bucket);
    await writes.deleteBucket(bucket, never);
    expect((await store.listBuckets(never)).map(({ name }) => name)).not.toContain(bucket);
    await expect(writes.deleteBucket(bucket, never)).rejects.toMatchObject({ kind: 'notFound' });
  });

  it('makes no bucket twice, and deletes none with objects in it', async ({ skip }) => {
    const { writes } = changeable(subject(), skip);
    await writes.createBucket(taken, never);
    await expect(writes.createBucket(taken, never)).rejects.toMatchObject({ kind: 'conflict' });
    await writes.copy({ bucket: 'artifacts', key: 'a.txt' }, { bucket: taken, key: 'a.txt' }, {}, never);
    await expect(writes.deleteBucket(taken, never)).rejects.toMatchObject({ kind: 'conflict' });
    await writes.delete(taken, ['a.txt'], never);
    await writes.deleteBucket(taken, never);
  });

  it.each(['', '.', '..', 'a/b', '../x'])('makes no bucket called "%s"', async (name) => {
    const { writes } = subject().store;
    if (writes === undefined) return;
    await expect(writes.createBucket(name, never)).rejects.toMatchObject({ kind: 'invalid' });
  });
}

/** Keys that an address or a header may alter. */
const careful = [
  'a b.txt',
  'a+b.txt',
  '100%.txt',
  'a%41b.txt',
  'a#b.txt',
  'ü/日本.txt',
  "it's (1)!.txt",
  '007',
];
/** Those that a folder of Windows cannot hold. */
const odd = ['a?b.txt', 'a&b=c.txt', 'tab\there.txt', 'line\nbreak.txt', ' lead', 'trail ', '"<tag>".txt'];

function copying(subject: () => StoreSubject): void {
  it('copies an object, within a bucket and to another one', async ({ skip }) => {
    const { store, writes, clean } = await withBucket(subject(), skip);
    const from = { bucket: 'artifacts', key: 'large.bin' };
    const stat = await writes.copy(from, { bucket, key: 'deep/copy.bin' }, {}, never);
    expect(stat).toMatchObject({ bucket, key: 'deep/copy.bin', size: 300_000 });
    await writes.copy({ bucket, key: 'deep/copy.bin' }, { bucket, key: 'again.bin' }, {}, never);
    const wanted = await bytesOf(store, from.bucket, from.key);
    expect(Buffer.compare(await bytesOf(store, bucket, 'again.bin'), wanted)).toBe(0);
    expect(Buffer.compare(await bytesOf(store, bucket, 'deep/copy.bin'), wanted)).toBe(0);
    await clean();
  });

  it('copies from and to keys that need care', async ({ skip }) => {
    const { store, writes, clean } = await withBucket(subject(), skip);
    const keys = [...careful, ...(subject().anyKey === true ? odd : [])];
    for (const key of keys) {
      await writes.copy({ bucket: 'artifacts', key: 'a.txt' }, { bucket, key }, {}, never);
      await writes.copy({ bucket, key }, { bucket, key: `again/${key}` }, {}, never);
      expect((await bytesOf(store, bucket, `again/${key}`)).toString()).toBe('2');
    }
    const { items } = await store.listObjects(bucket, { prefix: '', deep: true, size: 100 }, never);
    expect(items.map(({ key }) => key).toSorted()).toEqual(
      [...keys, ...keys.map((key) => `again/${key}`)].toSorted(),
    );
    expect(await writes.delete(bucket, [...keys, ...keys.map((key) => `again/${key}`)], never)).toEqual([]);
    await clean();
  });

  it('copies over nothing where that is not wanted', async ({ skip }) => {
    const { store, writes, clean } = await withBucket(subject(), skip);
    const copy = (key: string) =>
      writes.copy({ bucket: 'artifacts', key }, { bucket, key: 'x' }, { ifAbsent: true }, never);
    await copy('a.txt');
    await expect(copy('Z.txt')).rejects.toMatchObject({ kind: 'conflict' });
    expect((await bytesOf(store, bucket, 'x')).toString()).toBe('2');
    await clean();
  });

  it('copies nothing that is not there', async ({ skip }) => {
    const { writes } = changeable(subject(), skip);
    const to = { bucket: 'artifacts', key: 'copied' };
    const notFound = { kind: 'notFound' };
    await expect(writes.copy({ bucket: 'artifacts', key: 'nope' }, to, {}, never)).rejects.toMatchObject(
      notFound,
    );
    const from = { bucket: 'artifacts', key: 'a.txt' };
    await expect(writes.copy(from, { bucket: 'nope-nope', key: 'x' }, {}, never)).rejects.toMatchObject(
      notFound,
    );
    await expect(writes.copy(from, from, {}, never)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(writes.copy(from, to, {}, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('refuses to write keys that are another key on some servers', async ({ skip }) => {
    const { writes } = changeable(subject(), skip);
    for (const key of ['../x', 'a/../b', 'a//b', '/a', ''])
      await expect(
        writes.copy({ bucket: 'artifacts', key: 'a.txt' }, { bucket: 'artifacts', key }, {}, never),
      ).rejects.toMatchObject({ kind: 'invalid' });
  });
}

function deleting(subject: () => StoreSubject): void {
  it('deletes many objects, and counts those that are not there as deleted', async ({ skip }) => {
    const { store, writes, clean } = await withBucket(subject(), skip);
    const keys = Array.from({ length: 12 }, (_, index) => `some/${index}.txt`);
    for (const key of keys)
      await writes.copy({ bucket: 'artifacts', key: 'a.txt' }, { bucket, key }, {}, never);
    const missing = Array.from({ length: 1500 }, (_, index) => `missing/${index}`);
    expect(await writes.delete(bucket, [...missing, ...keys.slice(1)], never)).toEqual([]);
    const { items } = await store.listObjects(bucket, { prefix: '', deep: true }, never);
    expect(items.map(({ key }) => key)).toEqual(['some/0.txt']);
    await expect(writes.delete('nope-nope', ['x'], never)).rejects.toMatchObject({ kind: 'notFound' });
    await clean();
  });

  it('deletes nothing else under a key that leads elsewhere', async ({ skip }) => {
    const { store, writes, clean } = await withBucket(subject(), skip);
    await writes.copy({ bucket: 'artifacts', key: 'a.txt' }, { bucket, key: 'a/b' }, {}, never);
    await writes
      .delete(bucket, ['a//b', '/a/b', './a/b', 'x/../a/b'], never)
      .catch((error: unknown) => error);
    expect((await bytesOf(store, bucket, 'a/b')).toString()).toBe('2');
    await clean();
  });
}

function tagging(subject: () => StoreSubject): void {
  it('keeps tags, also in copies', async ({ skip }) => {
    const { store, writes, clean } = await withBucket(subject(), skip);
    const [of, copy] = [
      { bucket, key: 'tagged' },
      { bucket, key: 'copy' },
    ];
    await writes.copy({ bucket: 'artifacts', key: 'a.txt' }, of, {}, never);
    const setTags = writes.setTags?.bind(writes) ?? skip('Its objects have no tags.');
    const tags = { stage: 'a + b=c/d@e', '1': '007', 'with space': '' };
    await setTags(of, tags, never);
    expect(await store.tags?.(of, never)).toEqual(tags);
    await writes.copy(of, copy, {}, never);
    expect(await store.tags?.(copy, never)).toEqual(tags);
    await setTags(of, {}, never);
    expect(await store.tags?.(of, never)).toEqual({});
    await expect(setTags({ bucket, key: 'nope' }, tags, never)).rejects.toMatchObject({ kind: 'notFound' });
    await clean();
  });

  it('gives links for a time within bounds, to objects that are there', async ({ skip }) => {
    const { store } = subject();
    if (store.link === undefined) return skip('It gives no links.');
    const to = { bucket: 'artifacts', key: 'iris/ä b.txt' };
    expect(await store.link(to, 60, never)).toContain('X-Amz-Expires=60&');
    for (const seconds of [0, 1.5, 604_801])
      await expect(store.link(to, seconds, never)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(store.link({ ...to, key: 'nope' }, 60, never)).rejects.toMatchObject({ kind: 'notFound' });
  });
}

type Skip = (why: string) => never;

function changeable(
  { store }: StoreSubject,
  skip: Skip,
): { readonly store: ObjectStore; readonly writes: ObjectWrites } {
  return { store, writes: store.writes ?? skip('Nothing can be changed in it.') };
}

/** The store with an empty bucket, which `clean` takes away. */
async function withBucket(subject: StoreSubject, skip: Skip) {
  const { store, writes } = changeable(subject, skip);
  await clean(store, writes);
  await writes.createBucket(bucket, never);
  return { store, writes, clean: () => clean(store, writes) };
}

async function clean(store: ObjectStore, writes: ObjectWrites): Promise<void> {
  if (!(await store.listBuckets(never)).some(({ name }) => name === bucket)) return;
  const { items } = await store.listObjects(bucket, { prefix: '', deep: true, size: 1000 }, never);
  await writes.delete(
    bucket,
    items.map(({ key }) => key),
    never,
  );
  await writes.deleteBucket(bucket, never);
}

async function bytesOf(store: ObjectStore, from: string, key: string): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of store.read(from, key, { limit: 1_000_000 }, never)) all.push(piece);
  return Buffer.concat(all);
}
