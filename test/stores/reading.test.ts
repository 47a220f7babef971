import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createS3 } from '../../src/adapters/s3/s3.ts';
import { S3Requests } from '../../src/adapters/s3/requests.ts';
import type { ObjectStore } from '../../src/core/ports/objectStore.ts';
import { type FaultProxy, startFaultProxy } from '../servers/faultProxy.ts';
import { empty, fill, type S3Place } from '../servers/s3/s3Server.ts';

const stores = inject('stores');
const place = 'versitygw' in stores ? (stores['versitygw'] as S3Place) : undefined;
const never = new AbortController().signal;
const bytes = new Uint8Array(700_000).map((_, index) => (index * 7) % 253);
const bucket = 'reading';
const keys = ['007', '1.50', 'with space', '100 & more', 'ünïcode.txt', 'ünïcode-2.txt', '<tag>.txt'];

describe.skipIf(place === undefined)('reading from a store', () => {
  let proxy: FaultProxy;
  let store: ObjectStore;
  const there = place as S3Place;

  beforeAll(async () => {
    await empty(there, [bucket]);
    await fill(there, {
      [bucket]: { 'large.bin': bytes, ...Object.fromEntries(keys.map((key) => [key, key])) },
    });
    proxy = await startFaultProxy(there.address.endpoint);
    store = createS3({ ...there, address: { ...there.address, endpoint: proxy.address } });
  });
  afterAll(async () => {
    await proxy.close();
    await empty(there, [bucket]);
  });

  it('lists keys as they are: numbers, blanks, other alphabets', async () => {
    const { items } = await store.listObjects(bucket, { prefix: '', deep: true }, never);
    expect(items.map(({ key }) => key).toSorted()).toEqual([...keys, 'large.bin'].toSorted());
  });

  it.each(keys)('reads "%s"', async (key) => {
    expect((await collect(store, key)).toString()).toBe(key);
  });

  it('goes on where an answer broke off, and gives the same bytes', async () => {
    proxy.next(/large\.bin/, 'half');
    expect(Buffer.compare(await collect(store, 'large.bin'), bytes)).toBe(0);
    expect(proxy.calls.filter((request) => request.includes('large.bin')).length).toBeGreaterThan(1);
  });

  it('does not join parts of two objects', async () => {
    const put = (body: Buffer) =>
      new S3Requests(there.address, there.credentials).text(
        { method: 'PUT', bucket, key: 'changing.bin', body },
        never,
      );
    await put(Buffer.from(bytes));
    proxy.next(/changing\.bin/, 'half');
    const read = async () => {
      const pieces = store.read(bucket, 'changing.bin', { limit: 1_000_000 }, never)[Symbol.asyncIterator]();
      await pieces.next();
      await put(Buffer.from('other'));
      while ((await pieces.next()).done !== true);
    };
    await expect(read()).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('changed while it was read'),
    });
  });

  it('asks again after an answer that passes', async () => {
    proxy.next(/GET \/reading$/, { status: 503 });
    const { items } = await store.listObjects(bucket, { prefix: '007' }, never);
    expect(items).toHaveLength(1);
  });

  it('asks again after a connection that was cut', async () => {
    proxy.next(/007/, 'lost');
    expect((await collect(store, '007')).toString()).toBe('007');
  });

  it('says what is there instead of a store', async () => {
    proxy.next(/007/, { status: 403, body: '<html>Sign in</html>' });
    await expect(collect(store, '007')).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('there is no object store'),
    });
  });

  it.each([
    ['access key', { accessKey: 'nobody' }, /does not know this access key/],
    ['secret key', { secretKey: 'wrong' }, /secret key is wrong/],
  ])('says that the %s is wrong', async (_, wrong, words) => {
    const other = createS3({ ...there, credentials: { ...there.credentials, ...wrong } });
    await expect(other.listBuckets(never)).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringMatching(words),
    });
  });

  it('says that the region is wrong', async () => {
    const other = createS3({ ...there, address: { ...there.address, region: 'eu-west-1' } });
    await expect(other.listObjects(bucket, { prefix: '' }, never)).rejects.toMatchObject({
      message: expect.stringContaining('is in the region us-east-1'),
    });
  });

  it('says that nobody answers', async () => {
    const other = createS3({ ...there, address: { ...there.address, endpoint: 'http://127.0.0.1:9' } });
    await expect(other.listBuckets(never)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('gives the buckets that a person named, and asks nobody', async () => {
    const other = createS3({
      ...there,
      address: { ...there.address, endpoint: 'http://127.0.0.1:9' },
      buckets: ['b', 'a'],
    });
    expect(await other.listBuckets(never)).toEqual([{ name: 'a' }, { name: 'b' }]);
  });
});

async function collect(store: ObjectStore, key: string): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of store.read(bucket, key, { limit: 1_000_000 }, never)) all.push(piece);
  return Buffer.concat(all);
}
