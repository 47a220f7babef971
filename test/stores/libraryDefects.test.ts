import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { type Client, CopyDestinationOptions, CopySourceOptions } from 'minio';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { copyObject } from '../../src/adapters/s3/copy.ts';
import { S3Requests } from '../../src/adapters/s3/requests.ts';
import type { ByteSource } from '../../src/core/ports/objectWrites.ts';
import { bytesOf, memoryTarget, sourceOf } from '../contract/objectTransfers.ts';
import {
  beforeLastPart,
  contentOf,
  faultyStore,
  type FaultyStore,
  never,
  smallBounds,
  threeParts,
  versitygw,
} from './support/faultyStore.ts';
import { libraryProgram, outcomeWithin, plainLibrary } from './support/plainLibrary.ts';

// What the library gets wrong, beside what the adapter does. Where a newer library does it right, the first half fails: the
// adapter may then do with less.

const bucket = 'defects';
const key = 'object.bin';
const bytes = bytesOf(threeParts);
const partSize = smallBounds.part;

describe.skipIf(versitygw === undefined)('defects of the library that the adapter has not', () => {
  let faulty: FaultyStore;
  let library: Client;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mlops-defects-'));
    faulty = await faultyStore(bucket);
    library = plainLibrary(faulty.proxied);
  });
  afterAll(async () => {
    await faulty.close();
    await rm(folder, { recursive: true });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await faulty.writes.delete(bucket, [key, '007', 'copy.bin'], never);
    for (const upload of (await faulty.writes.incompleteUploads?.(bucket, '', never)) ?? [])
      await faulty.writes.abandonUpload?.(upload, never);
  });

  const put = (source: ByteSource, options = {}) =>
    faulty.writes.put({ bucket, key }, source, options, never);
  const stored = () => contentOf(faulty.place, bucket, key);
  const sentParts = async (work: () => Promise<unknown>) => {
    const before = faulty.proxy.requests.length;
    await work();
    const lines = faulty.proxy.requests.slice(before).map(({ line }) => line);
    return lines.flatMap((line) => /^PUT .*partNumber=(\d+)/.exec(line)?.[1] ?? []).toSorted();
  };
  /** A stream of these pieces. */
  const streamOf = (...pieces: readonly Uint8Array[]) =>
    Readable.from(
      pieces.map((piece) => Buffer.from(piece)),
      { objectMode: false },
    );
  const inParts = () => plainLibrary(faulty.proxied);

  it('lists the key 007 as a number', async () => {
    await library.putObject(bucket, '007', Buffer.from('x'));
    const page: unknown = await library.listObjectsV2Query(bucket, '', '', '', 10, '');
    expect(page).toMatchObject({ objects: [{ name: '7' }] });
    const { items } = await faulty.store.listObjects(bucket, { prefix: '' }, never);
    expect(items).toMatchObject([{ key: '007' }]);
  });

  it('copies other bytes than those of the ranges that it was given', async () => {
    await put(sourceOf(bytes));
    const range = (start: number) => ({ MatchRange: true, Start: start, End: start + partSize - 1 });
    const from = (start: number) => new CopySourceOptions({ Bucket: bucket, Object: key, ...range(start) });
    const to = new CopyDestinationOptions({ Bucket: bucket, Object: 'copy.bin' });
    await library.composeObject(to, [from(0), from(partSize)]);
    const copy = () => contentOf(faulty.place, bucket, 'copy.bin');
    expect(Buffer.compare(await copy(), bytes.subarray(0, 2 * partSize))).not.toBe(0);

    const requests = new S3Requests(faulty.place.address, faulty.place.credentials);
    const copying = { from: { bucket, key }, to: { bucket, key: 'copy.bin' }, options: {} };
    await copyObject(requests, copying, never, { atOnce: partSize, part: partSize });
    expect(Buffer.compare(await copy(), bytes)).toBe(0);
  });

  it('numbers parts from 2, and sends all again of an upload that broke off', async () => {
    const client = inParts();
    client.partSize = partSize;
    Object.assign(client, { overRidePartSize: true });
    const file = path.join(folder, 'up.bin');
    await writeFile(file, bytes);
    const upload = () => client.fPutObject(bucket, key, file);
    faulty.proxy.next(/partNumber=4&/, 'lost');
    await expect(upload()).rejects.toThrow(/ECONNRESET|hang up/);
    expect(await sentParts(upload)).toEqual(['2', '3', '4']);

    let id = '';
    const onUpload = (begun: string) => {
      id = begun;
    };
    faulty.proxy.next(/partNumber=3&/, 'lost', 'lost', 'lost', 'lost');
    const source = beforeLastPart(
      faulty.place,
      bytes,
      () => ({ bucket, key, id }),
      async () => undefined,
    );
    await expect(put(source, { onUpload })).rejects.toMatchObject({ kind: 'unreachable' });
    expect(await sentParts(() => put(sourceOf(bytes), { resume: id }))).toEqual(['3']);
    expect(Buffer.compare(await stored(), bytes)).toBe(0);
  });

  it('goes on with the upload of somebody else', async () => {
    const client = inParts();
    client.partSize = partSize;
    const theirs = await client.initiateNewMultipartUpload(bucket, key, {});
    const uploadsOf = async (work: () => Promise<unknown>) => {
      const before = faulty.proxy.requests.length;
      await work();
      return faulty.proxy.requests.slice(before).some(({ line }) => line.includes(`uploadId=${theirs}`));
    };
    const before = faulty.proxy.requests.length;
    expect(await uploadsOf(() => put(sourceOf(bytes)))).toBe(false);
    expect(faulty.proxy.requests.length).toBeGreaterThan(before);
    Object.assign(client, { overRidePartSize: true });
    expect(await uploadsOf(() => client.putObject(bucket, key, streamOf(bytes), bytes.length))).toBe(true);
  });

  it('takes the program down when a source fails', async () => {
    const { code, output } = await libraryProgram(
      faulty.proxied,
      bucket,
      `
      const source = Readable.from((async function* () {
        yield Buffer.alloc(6_000_000);
        throw new Error('The disk is gone.');
      })(), { objectMode: false });
      client.putObject(bucket, 'object.bin', source).catch(() => process.exit(0));`,
    );
    expect(code).not.toBe(0);
    expect(output).toContain('The disk is gone.');
    const left = await faulty.writes.incompleteUploads?.(bucket, '', never);
    expect(left).toHaveLength(1);
    const source: ByteSource = {
      size: bytes.length,
      // oxlint-disable-next-line require-yield
      read: async function* () {
        throw new Error('The disk is gone.');
      },
    };
    await expect(put(source)).rejects.toThrow(/disk is gone/);
    expect(await faulty.writes.incompleteUploads?.(bucket, '', never)).toEqual(left);
  });

  it('stores a source short that is shorter than was said', async () => {
    await library.putObject(bucket, key, streamOf(bytesOf(5)), 10);
    expect(await stored()).toHaveLength(5);
    await library.removeObject(bucket, key);
    const source: ByteSource = { size: 10, read: () => streamOf(bytesOf(5)) };
    await expect(put(source)).rejects.toMatchObject({ kind: 'conflict' });
    await expect(faulty.store.stat(bucket, key, never)).rejects.toMatchObject({ kind: 'notFound' });
  });

  it('sends one part of pieces that are larger than parts', async () => {
    const client = inParts();
    client.partSize = partSize;
    Object.assign(client, { overRidePartSize: true });
    expect(await sentParts(() => client.putObject(bucket, key, streamOf(bytes), bytes.length))).toHaveLength(
      1,
    );
    expect(await sentParts(() => put(sourceOf(bytes)))).toHaveLength(3);
  });

  it('cannot store metadata beyond ASCII', async () => {
    for (const value of ['čeština', 'schön ❤'])
      await expect(library.putObject(bucket, key, 'x', 1, { text: value })).rejects.toThrow(
        /Invalid character|signature/i,
      );
    const metadata = { text: 'čeština,  zwei  ä' };
    await put(sourceOf(bytesOf(1)), { metadata });
    expect((await faulty.store.stat(bucket, key, never)).metadata).toEqual(metadata);
  });

  it('waits forever for a server that says nothing', async () => {
    faulty.proxy.next(/PUT/, 'silent');
    expect(await outcomeWithin(smallBounds.silence + 1000, library.putObject(bucket, key, 'x'))).toBe(
      'pending',
    );
    faulty.proxy.next(/PUT/, 'silent');
    const before = faulty.proxy.calls.length;
    const over = new AbortController();
    const cancelled = faulty.writes.put({ bucket, key }, sourceOf(bytesOf(1)), {}, over.signal);
    await expect.poll(() => faulty.proxy.calls.length).toBeGreaterThan(before);
    over.abort();
    await expect(cancelled).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('gives up at the first connection that breaks, and hides what a server answered', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    faulty.proxy.next(/PUT/, 'lost');
    await expect(library.putObject(bucket, key, 'x')).rejects.toMatchObject({ code: 'ECONNRESET' });
    faulty.proxy.next(/PUT/, { status: 503 }, { status: 503 });
    await expect(library.putObject(bucket, key, 'x')).rejects.toThrow(/after 1 retries/);
    faulty.proxy.next(/PUT/, 'lost', { status: 503 }, { status: 503 });
    await put(sourceOf(bytesOf(1)));
    expect(await stored()).toHaveLength(1);
  });

  it('rejects with what is no error when the completion fails', async () => {
    const refusal = { status: 200, body: '<Error><Code>AccessDenied</Code><Message>No.</Message></Error>' };
    faulty.proxy.next(/^POST .*\?uploadId=/, refusal);
    const outcome = await outcomeWithin(20_000, library.putObject(bucket, key, streamOf(bytesOf(10))));
    expect(outcome).toHaveProperty('error');
    expect((outcome as { readonly error: unknown }).error).not.toBeInstanceOf(Error);
    faulty.proxy.next(/^POST .*\?uploadId=/, refusal);
    await expect(put(sourceOf(bytes))).rejects.toMatchObject({ name: 'MlopsError', kind: 'forbidden' });
  });

  it('does not notice a bit that was turned on the way down', async () => {
    await put(sourceOf(bytesOf(1000)));
    const file = path.join(folder, 'down.bin');
    faulty.proxy.next(/^GET /, { flipDown: 500 });
    await library.fGetObject(bucket, key, file);
    expect(Buffer.compare(await readFile(file), bytesOf(1000))).not.toBe(0);
    faulty.proxy.next(/^GET /, { flipDown: 500 });
    await expect(
      faulty.store.download?.({ bucket, key }, memoryTarget(1000), () => undefined, never),
    ).rejects.toMatchObject({ message: expect.stringContaining('its checksum differs') });
  });

  it('hashes all that it sends twice', async () => {
    const signedBy = async (work: () => Promise<unknown>) => {
      const before = faulty.proxy.requests.length;
      await work();
      const sent = faulty.proxy.requests.slice(before).filter(({ line }) => /^PUT .*partNumber/.test(line));
      return new Set(sent.map(({ headers }) => headers['x-amz-content-sha256']?.toString().length));
    };
    const client = inParts();
    client.partSize = partSize;
    expect(await signedBy(() => client.putObject(bucket, key, streamOf(bytes), bytes.length))).toEqual(
      new Set([64]),
    );
    const unsigned = new Set(['UNSIGNED-PAYLOAD'.length]);
    expect(await signedBy(() => put(sourceOf(bytes)))).toEqual(unsigned);
  });
});
