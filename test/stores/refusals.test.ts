import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createS3 } from '../../src/adapters/s3/s3.ts';
import type { ByteSource, ByteTarget } from '../../src/core/ports/objectWrites.ts';
import { bytesOf, memoryTarget, sourceOf } from '../contract/objectTransfers.ts';
import { empty, fill, type S3Place } from '../servers/s3/s3Server.ts';
import { addUser, startVersitygw } from '../servers/s3/versitygw.ts';
import {
  beforeLastPart,
  contentOf,
  never,
  smallBounds,
  threeParts,
  versitygw,
  writesOf,
} from './support/faultyStore.ts';

const bucket = 'refusals';
const bytes = bytesOf(threeParts);
/** More than a connection takes before a server refuses it; one request. */
const oneRequest = bytesOf(4_500_000);

describe.skipIf(versitygw === undefined)('a store that refuses a transfer', () => {
  let server: Awaited<ReturnType<typeof startVersitygw>>;
  let place: S3Place;
  beforeAll(async () => {
    server = await startVersitygw();
    ({ place } = server);
    await fill(place, { [bucket]: { 'there.bin': bytes } });
  });
  afterAll(() => server.stop());
  afterEach(() => {
    vi.useRealTimers();
  });

  const storeFor = (other: Partial<S3Place> = {}) => createS3({ ...place, ...other, bounds: smallBounds });
  const put = (store: ReturnType<typeof storeFor>, source: ByteSource, key = 'new.bin') =>
    writesOf(store).put({ bucket, key }, source, {}, never);
  const get = (store: ReturnType<typeof storeFor>, target: ByteTarget = memoryTarget(threeParts)) =>
    store.download?.({ bucket, key: 'there.bin' }, target, () => undefined, never);

  const sizes: readonly (readonly [string, Uint8Array])[] = [
    ['one request', oneRequest],
    ['parts', bytes],
  ];

  it.each(sizes)('says that a key is wrong (%s)', async (_, content) => {
    const wrong = storeFor({ credentials: { ...place.credentials, secretKey: 'wrong-wrong' } });
    await expect(put(wrong, sourceOf(content))).rejects.toMatchObject({ kind: 'auth' });
    await expect(get(wrong)).rejects.toMatchObject({ kind: 'auth' });
  });

  it.each(sizes)('says that the region is wrong (%s)', async (_, content) => {
    const elsewhere = storeFor({ address: { ...place.address, region: 'eu-west-1' } });
    const inOther = { message: expect.stringContaining('is in the region us-east-1') };
    await expect(put(elsewhere, sourceOf(content))).rejects.toMatchObject(inOther);
    await expect(get(elsewhere)).rejects.toMatchObject(inOther);
  });

  it.each(sizes)('says that the clocks differ (%s)', async (_, content) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    const differ = { kind: 'auth', message: expect.stringContaining('clocks') };
    await expect(put(storeFor(), sourceOf(content))).rejects.toMatchObject(differ);
    await expect(get(storeFor())).rejects.toMatchObject(differ);
  });

  it.each(sizes)('says that this key has no right to the bucket (%s)', async (_, content) => {
    const credentials = { accessKey: 'alice1', secretKey: 'alicesecret1' };
    await addUser(place, credentials);
    const hers = storeFor({ credentials });
    await expect(put(hers, sourceOf(content))).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(get(hers)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(storeFor().stat(bucket, 'new.bin', never)).rejects.toMatchObject({ kind: 'notFound' });
  });

  it('goes on when it is restarted in the middle of an upload', async () => {
    const upload = begun(bucket, 'new.bin');
    const source = beforeLastPart(place, bytes, upload.now, server.restart);
    await writesOf(storeFor()).put({ bucket, key: 'new.bin' }, source, upload, never);
    expect(Buffer.compare(await contentOf(place, bucket, 'new.bin'), bytes)).toBe(0);
  });

  it('goes on when it is restarted in the middle of a download', async () => {
    const target = memoryTarget(threeParts);
    let isFirst = true;
    await get(storeFor(), {
      write: async (piece, offset) => {
        if (isFirst) {
          isFirst = false;
          await server.restart();
        }
        await target.write(piece, offset);
      },
    });
    expect(Buffer.compare(target.bytes, bytes)).toBe(0);
  });

  it('goes on when it is restarted in the middle of a listing', async () => {
    const keys = Array.from({ length: 5 }, (_, index) => `list/${index}`);
    for (const key of keys) await put(storeFor(), sourceOf(bytesOf(1)), key);
    const store = storeFor();
    const query = { prefix: 'list/', deep: true, size: 2 };
    const first = await store.listObjects(bucket, query, never);
    await server.restart();
    const second = await store.listObjects(bucket, { ...query, page: first.next ?? '' }, never);
    const third = await store.listObjects(bucket, { ...query, page: second.next ?? '' }, never);
    expect([first, second, third].flatMap(({ items }) => items.map(({ key }) => key))).toEqual(keys);
  });

  it('stores nothing in a bucket that is deleted meanwhile, and reads nothing of it', async () => {
    const gone = 'refusals-gone';
    await fill(place, { [gone]: { 'there.bin': bytes } });
    const store = storeFor();
    const reading = store.download?.(
      { bucket: gone, key: 'there.bin' },
      { write: () => empty(place, [gone]).catch(() => undefined) },
      () => undefined,
      never,
    );
    const outcome = await reading?.catch((error: unknown) => error);
    expect(outcome).toSatisfy((end) => isWhole(end) || isNotFound(end));
    await empty(place, [gone]);
    await fill(place, { [gone]: {} });
    const upload = begun(gone, 'x');
    const source = beforeLastPart(place, bytes, upload.now, () => empty(place, [gone]));
    const putting = writesOf(store).put({ bucket: gone, key: 'x' }, source, upload, never);
    await expect(putting).rejects.toMatchObject({ kind: 'notFound' });
  });
});

const isWhole = (end: unknown) => (end as { size?: number }).size === threeParts;
const isNotFound = (end: unknown) => (end as { kind?: string }).kind === 'notFound';

/** Remembers the upload that a transfer begins. */
function begun(of: string, key: string) {
  let id = '';
  return {
    now: () => ({ bucket: of, key, id }),
    onUpload: (upload: string) => {
      id = upload;
    },
  };
}
