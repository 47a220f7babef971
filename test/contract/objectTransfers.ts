import { expect, it } from 'vitest';
import type { ObjectStore } from '../../src/core/ports/objectStore.ts';
import type { ByteSource, ByteTarget, ObjectName, ObjectWrites } from '../../src/core/ports/objectWrites.ts';
import type { StoreSubject } from './storeSubject.ts';

const never = new AbortController().signal;
const bucket = 'contract-transfers';
/** The bucket that the suite of transfers makes. */
export const transferBuckets = [bucket];

/** Bytes that differ from place to place. */
export function bytesOf(length: number): Uint8Array {
  return new Uint8Array(length).map((_, index) => (index * 31 + (index >> 10)) % 251);
}

/** What every object store does with bytes that come and go. */
export function transferring(subject: () => StoreSubject): void {
  putting(subject);
  conditions(subject);
  sources(subject);
  downloading(subject);
}

function putting(subject: () => StoreSubject): void {
  it.for([0, 1, 300_000])('stores %i bytes, and gives them back', async (length, { skip }) => {
    const { store, writes } = await changeable(subject(), skip);
    const bytes = bytesOf(length);
    const stat = await writes.put({ bucket, key: 'a/some.bin' }, sourceOf(bytes), {}, never);
    expect(stat).toMatchObject({ bucket, key: 'a/some.bin', size: length });
    expect(stat.etag).toBe((await store.stat(bucket, 'a/some.bin', never)).etag);
    expect(Buffer.compare(await collect(store, 'a/some.bin'), bytes)).toBe(0);
  });

  it('keeps the content type and metadata of any text', async ({ skip }) => {
    if (subject().keepsMetadata === false) skip('It keeps the bytes alone.');
    const { store, writes } = await changeable(subject(), skip);
    const metadata = { plain: 'a b', 'blank-s': '  two  blanks ', ünï: 'x' };
    const { ünï: _, ...names } = metadata;
    const texts = { ...names, accents: 'čeština, 日本語 🙂'.repeat(5), word: '=?UTF-8?B?w6Q=?=', empty: '' };
    const options = { contentType: 'text/csv; charset=utf-8', metadata: { ...texts, Upper: '1' } };
    const given = { contentType: options.contentType, metadata: { ...texts, upper: '1' } };
    expect(await writes.put({ bucket, key: 'meta' }, sourceOf(bytesOf(3)), options, never)).toMatchObject(
      given,
    );
    expect(await store.stat(bucket, 'meta', never)).toMatchObject(given);
    await expect(
      writes.put({ bucket, key: 'meta' }, sourceOf(bytesOf(3)), { metadata }, never),
    ).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('replaces an object, its metadata too, and says how far it is', async ({ skip }) => {
    const { store, writes } = await changeable(subject(), skip);
    const to = { bucket, key: 'replaced' };
    await writes.put(to, sourceOf(bytesOf(10)), { metadata: { a: '1' } }, never);
    const told: number[] = [];
    const onProgress = (bytes: number, total: number) => told.push(bytes, total);
    await writes.put(to, sourceOf(bytesOf(20)), { onProgress }, never);
    expect(told.slice(-2)).toEqual([20, 20]);
    expect((await store.stat(bucket, 'replaced', never)).metadata ?? {}).toEqual({});
    expect((await collect(store, 'replaced')).length).toBe(20);
  });

  it('stores nothing in a bucket that is not there, under no key, or after all', async ({ skip }) => {
    const { writes } = await changeable(subject(), skip);
    const put = (to: ObjectName, signal = never) => writes.put(to, sourceOf(bytesOf(3)), {}, signal);
    await expect(put({ bucket: 'nope-nope', key: 'x' })).rejects.toMatchObject({ kind: 'notFound' });
    await expect(put({ bucket, key: '' })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(put({ bucket, key: 'a//b' })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(put({ bucket, key: 'x' }, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
  });
}

function conditions(subject: () => StoreSubject): void {
  it('stores only over the state that was seen', async ({ skip }) => {
    const { store, writes } = await changeable(subject(), skip);
    const to = { bucket, key: 'seen' };
    const { etag: ifMatch = '' } = await writes.put(to, sourceOf(bytesOf(10)), {}, never);
    const { etag: now } = await writes.put(to, sourceOf(bytesOf(11)), { ifMatch }, never);
    const conflict = expect.objectContaining({ kind: 'conflict' });
    await expect(writes.put(to, sourceOf(bytesOf(12)), { ifMatch }, never)).rejects.toEqual(conflict);
    expect(await store.stat(bucket, 'seen', never)).toMatchObject({ size: 11, etag: now });
    await writes.delete(bucket, ['seen'], never);
    await expect(writes.put(to, sourceOf(bytesOf(12)), { ifMatch }, never)).rejects.toEqual(conflict);
    await expect(store.stat(bucket, 'seen', never)).rejects.toMatchObject({ kind: 'notFound' });
  });

  it('stores only where nothing is', async ({ skip }) => {
    const { store, writes } = await changeable(subject(), skip);
    const to = { bucket, key: 'absent' };
    await writes.put(to, sourceOf(bytesOf(10)), { ifAbsent: true }, never);
    await expect(writes.put(to, sourceOf(bytesOf(12)), { ifAbsent: true }, never)).rejects.toMatchObject({
      kind: 'conflict',
    });
    expect((await store.stat(bucket, 'absent', never)).size).toBe(10);
  });
}

function sources(subject: () => StoreSubject): void {
  const broken = new Error('The disk is gone.');
  it.for<[string, ByteSource, object]>([
    ['ends early', { size: 10, read: () => pieces([bytesOf(4)]) }, { kind: 'conflict' }],
    ['goes on', { size: 10, read: () => pieces([bytesOf(8), bytesOf(8)]) }, { kind: 'conflict' }],
    [
      'fails',
      { size: 10, read: () => pieces([bytesOf(4)], broken) },
      { message: expect.stringMatching(/the disk is gone/i) },
    ],
  ])('stores nothing of a source that %s', async ([, source, error], { skip }) => {
    const { store, writes } = await changeable(subject(), skip);
    await expect(writes.put({ bucket, key: 'never' }, source, {}, never)).rejects.toMatchObject(error);
    await expect(store.stat(bucket, 'never', never)).rejects.toMatchObject({ kind: 'notFound' });
  });
}

function downloading(subject: () => StoreSubject): void {
  it.for([0, 1, 300_000])('downloads %i bytes', async (length, { skip }) => {
    const { store, writes } = await changeable(subject(), skip);
    if (store.download === undefined) return;
    const from = { bucket, key: 'down.bin' };
    const { etag } = await writes.put(from, sourceOf(bytesOf(length)), { contentType: 'x/y' }, never);
    const target = memoryTarget(length);
    const told: number[] = [];
    const stat = await store.download(from, target, (bytes) => told.push(bytes), never);
    expect(stat).toMatchObject({ ...from, size: length, etag, contentType: 'x/y' });
    expect(Buffer.compare(target.bytes, bytesOf(length))).toBe(0);
    expect(target.written).toBe(length);
    expect(told.at(-1) ?? 0).toBe(length);
  });

  it('downloads nothing that is not there, or after all', async ({ skip }) => {
    const { store } = await changeable(subject(), skip);
    const get = (from: ObjectName, signal = never) =>
      store.download?.(from, memoryTarget(1), () => undefined, signal) ??
      store.stat(from.bucket, from.key, signal);
    await expect(get({ bucket, key: 'nope' })).rejects.toMatchObject({ kind: 'notFound' });
    await expect(get({ bucket: 'nope-nope', key: 'x' })).rejects.toMatchObject({ kind: 'notFound' });
    await expect(get({ bucket, key: 'x' }, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
  });
}

/** The store with the bucket of this suite. */
async function changeable(
  { store }: StoreSubject,
  skip: (why: string) => never,
): Promise<{ readonly store: ObjectStore; readonly writes: ObjectWrites }> {
  const writes = store.writes ?? skip('Nothing can be changed in it.');
  if (!(await store.listBuckets(never)).some(({ name }) => name === bucket))
    await writes.createBucket(bucket, never);
  return { store, writes };
}

/** Bytes as a source. */
export function sourceOf(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (offset, limit) => pieces([bytes.subarray(offset, offset + limit)]) };
}

async function* pieces(all: readonly Uint8Array[], failure?: Error): AsyncIterable<Uint8Array> {
  yield* all;
  if (failure !== undefined) throw failure;
}

/** A target in memory that counts what is written. */
export function memoryTarget(
  size: number,
): ByteTarget & { readonly bytes: Buffer; readonly written: number } {
  const bytes = Buffer.alloc(size);
  let written = 0;
  return {
    bytes,
    get written() {
      return written;
    },
    write: async (piece, offset) => {
      bytes.set(piece, offset);
      written += piece.length;
    },
  };
}

async function collect(store: ObjectStore, key: string): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of store.read(bucket, key, { limit: 1_000_000 }, never)) all.push(piece);
  return Buffer.concat(all);
}
