import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { copyObject } from '../../src/adapters/s3/copy.ts';
import { createS3 } from '../../src/adapters/s3/s3.ts';
import { S3Requests, usualBounds } from '../../src/adapters/s3/requests.ts';
import type { ObjectStore } from '../../src/core/ports/objectStore.ts';
import { bytesOf, sourceOf } from '../contract/objectTransfers.ts';
import { type FaultProxy, startFaultProxy } from '../servers/faultProxy.ts';
import { empty, type S3Place } from '../servers/s3/s3Server.ts';

const never = new AbortController().signal;
const bucket = 'copying';
const size = 12_000_000;
const bytes = bytesOf(size);
const mebibyte = 1024 * 1024;
/** In three parts, the last of them shorter. */
const bounds = { atOnce: 5 * mebibyte, part: 5 * mebibyte };
const from = { bucket, key: 'from ü+1.bin' };
const metadata = { who: 'ü', note: 'two  blanks' };
const tags = { stage: 'a + b', '1': '007' };

describe.each(Object.entries(inject('stores')))('copying on %s', (_, place: S3Place) => {
  let proxy: FaultProxy;
  let requests: S3Requests;
  let store: ObjectStore;

  beforeAll(async () => {
    await empty(place, [bucket]);
    proxy = await startFaultProxy(place.address.endpoint);
    const near = { ...place.address, endpoint: proxy.address };
    requests = new S3Requests(near, place.credentials, { bounds: { ...usualBounds, pauses: [1] } });
    store = createS3({ ...place, address: near });
    await store.writes?.createBucket(bucket, never);
    await store.writes?.put(from, sourceOf(bytes), { contentType: 'text/csv', metadata }, never);
    await store.writes?.setTags?.(from, tags, never);
  });
  afterAll(async () => {
    await proxy.close();
    await empty(place, [bucket]);
  });

  it.each([
    ['at once', { atOnce: size, part: size }],
    ['in parts', bounds],
  ])('takes bytes, type, metadata and tags along %s', async (way, within) => {
    const to = { bucket, key: `to/${way} ä&b.bin` };
    const told: number[] = [];
    const onProgress = (copied: number) => told.push(copied);
    const stat = await copyObject(requests, { from, to, options: { onProgress } }, never, within);
    expect(stat).toMatchObject({ ...to, size, contentType: 'text/csv', metadata });
    expect(Buffer.compare(await all(to.key), bytes)).toBe(0);
    expect(await store.tags?.(to, never)).toEqual(tags);
    expect(told.at(-1)).toBe(size);
  });

  it.each([
    ['at once', { atOnce: size, part: size }],
    ['in parts', bounds],
  ])('notices an error in an answer of success, %s', async (way, within) => {
    const body = '<?xml version="1.0"?>\n<Error><Code>InternalError</Code><Message>Sorry.</Message></Error>';
    const to = { bucket, key: `fails ${way}.bin` };
    const failing = { status: 200, body };
    proxy.next(new RegExp(`PUT .*fails%20${way.replace(' ', '%20')}`), failing, failing);
    await expect(copyObject(requests, { from, to, options: {} }, never, within)).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('InternalError'),
    });
    await expect(store.stat(bucket, to.key, never)).rejects.toMatchObject({ kind: 'notFound' });
    expect(await store.writes?.incompleteUploads?.(bucket, '', never)).toEqual([]);
  });

  it('notices that the source changes between parts, and leaves nothing', async () => {
    const source = { bucket, key: 'changing.bin' };
    await store.writes?.put(source, sourceOf(bytes), {}, never);
    const to = { bucket, key: 'half of each.bin' };
    let change: Promise<unknown> | undefined;
    const onProgress = () => {
      change ??= store.writes?.put(source, sourceOf(bytesOf(size - 1)), {}, never);
    };
    const slow = Object.assign(new S3Requests(place.address, place.credentials), {
      text: async (...args: Parameters<S3Requests['text']>) => {
        await change;
        return requests.text(...args);
      },
    });
    await expect(
      copyObject(slow, { from: source, to, options: { onProgress } }, never, bounds),
    ).rejects.toMatchObject({ kind: 'conflict' });
    await expect(store.stat(bucket, to.key, never)).rejects.toMatchObject({ kind: 'notFound' });
    expect(await store.writes?.incompleteUploads?.(bucket, '', never)).toEqual([]);
  });

  it('ends when it is cancelled between parts, and leaves nothing', async () => {
    const stopping = new AbortController();
    const to = { bucket, key: 'cancelled.bin' };
    const options = { onProgress: () => stopping.abort() };
    await expect(copyObject(requests, { from, to, options }, stopping.signal, bounds)).rejects.toMatchObject({
      kind: 'cancelled',
    });
    expect(await store.writes?.incompleteUploads?.(bucket, '', never)).toEqual([]);
  });

  it('replaces nothing in parts where that is not wanted', async () => {
    const to = { bucket, key: 'taken.bin' };
    await store.writes?.put(to, sourceOf(bytesOf(3)), {}, never);
    await expect(
      copyObject(requests, { from, to, options: { ifAbsent: true } }, never, bounds),
    ).rejects.toMatchObject({ kind: 'conflict' });
    expect((await all(to.key)).length).toBe(3);
  });

  async function all(key: string): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for await (const piece of store.read(bucket, key, { limit: 2 * size }, never)) pieces.push(piece);
    return Buffer.concat(pieces);
  }
});
