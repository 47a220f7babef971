import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ByteSource } from '../../src/core/ports/objectWrites.ts';
import { bytesOf, sourceOf } from '../contract/objectTransfers.ts';
import type { Fault } from '../servers/faultProxy.ts';
import {
  beforeLastPart,
  contentOf,
  faultyStore,
  type FaultyStore,
  never,
  threeParts,
  faultyPlaces,
} from './support/faultyStore.ts';

const bucket = 'resuming';
const key = 'large.bin';
const bytes = bytesOf(threeParts);
const unreachable = Array.from({ length: 4 }, (): Fault => ({ status: 503 }));

for (const [name, place] of faultyPlaces)
  describe.skipIf(place === undefined)(`an upload that is interrupted, on ${name}`, () => {
    let faulty: FaultyStore;
    beforeAll(async () => {
      faulty = await faultyStore(bucket, place);
    });
    afterAll(() => faulty.close());
    afterEach(() => faulty.writes.delete(bucket, [key], never));

    const put = (source: ByteSource, options = {}, signal = never) =>
      faulty.writes.put({ bucket, key }, source, options, signal);
    const leftovers = async () => (await faulty.writes.incompleteUploads?.(bucket, '', never)) ?? [];
    const sentParts = () =>
      faulty.proxy.requests.flatMap(({ line }) => /^PUT .*partNumber=(\d+)/.exec(line)?.[1] ?? []);

    /** Begins an upload whose third part fails when the others are there. Returns its id. */
    const interrupted = async (): Promise<string> => {
      let id = '';
      const source = beforeLastPart(
        faulty.place,
        bytes,
        () => ({ bucket, key, id }),
        async () => undefined,
      );
      faulty.proxy.next(/partNumber=3&/, ...unreachable);
      const onUpload = (upload: string) => {
        id = upload;
      };
      await expect(put(source, { onUpload })).rejects.toMatchObject({ kind: 'unreachable' });
      return id;
    };

    it('goes on with what was sent, and sends only the rest', async () => {
      const id = await interrupted();
      expect(await leftovers()).toMatchObject([{ bucket, key, id, startedAt: expect.any(Number) }]);
      const before = sentParts().length;
      await put(sourceOf(bytes), { resume: id });
      expect(sentParts().slice(before)).toEqual(['3']);
      expect(Buffer.compare(await contentOf(faulty.place, bucket, key), bytes)).toBe(0);
      expect(await leftovers()).toEqual([]);
    });

    it('takes no part of another source', async () => {
      const id = await interrupted();
      const other = bytesOf(threeParts);
      other.fill(7, 0, 100);
      const before = sentParts().length;
      await put(sourceOf(other), { resume: id });
      expect(sentParts().slice(before).toSorted()).toEqual(['1', '3']);
      expect(Buffer.compare(await contentOf(faulty.place, bucket, key), other)).toBe(0);
    });

    it('begins anew where what was sent is gone', async () => {
      const id = await interrupted();
      await faulty.writes.abandonUpload?.({ bucket, key, id }, never);
      expect(await leftovers()).toEqual([]);
      await put(sourceOf(bytes), { resume: id });
      expect(Buffer.compare(await contentOf(faulty.place, bucket, key), bytes)).toBe(0);
      await faulty.writes.abandonUpload?.({ bucket, key, id }, never);
    });

    it('leaves nothing when it is cancelled, or what can be resumed', async () => {
      for (const keep of [undefined, () => undefined]) {
        const over = new AbortController();
        const onProgress = (sent: number) => sent > 1_000_000 && over.abort();
        await expect(
          put(
            sourceOf(bytes),
            { onProgress, ...(keep === undefined ? {} : { onUpload: keep }) },
            over.signal,
          ),
        ).rejects.toMatchObject({ kind: 'cancelled' });
        const left = await leftovers();
        expect(left).toHaveLength(keep === undefined ? 0 : 1);
        for (const upload of left) await faulty.writes.abandonUpload?.(upload, never);
      }
      await expect(faulty.store.stat(bucket, key, never)).rejects.toMatchObject({ kind: 'notFound' });
    });

    it('shares no parts with another upload of the same key', async () => {
      const other = bytesOf(threeParts).reverse();
      await Promise.all([put(sourceOf(bytes)), put(sourceOf(other))]);
      const stored = await contentOf(faulty.place, bucket, key);
      expect([bytes, other].some((each) => Buffer.compare(stored, each) === 0)).toBe(true);
      expect(await leftovers()).toEqual([]);
    });

    const broken = new Error('The disk is gone.');
    it.each<[string, (offset: number, limit: number) => AsyncIterable<Uint8Array>, object]>([
      [
        'fails',
        (offset) => some(offset < 6_000_000 ? [bytes.subarray(offset, offset + 5_242_880)] : broken),
        { message: /disk is gone/i },
      ],
      [
        'ends early',
        (offset, limit) => some([bytes.subarray(offset, Math.min(offset + limit, 9_000_000))]),
        { kind: /conflict/ },
      ],
      ['grows', (_, limit) => some([bytes.subarray(0, limit)]), { kind: /conflict/ }],
    ])('stores nothing of a source that %s', async (_, read, error) => {
      await expect(put({ size: bytes.length, read })).rejects.toMatchObject(
        Object.fromEntries(
          Object.entries(error).map(([name, words]) => [name, expect.stringMatching(words)]),
        ),
      );
      await expect(faulty.store.stat(bucket, key, never)).rejects.toMatchObject({ kind: 'notFound' });
      expect(await leftovers()).toEqual([]);
    });

    it.each([100, threeParts])(
      'leaves a source of %i bytes that never gives any when it is cancelled',
      async (size) => {
        const over = new AbortController();
        const source: ByteSource = {
          size,
          read: async function* () {
            over.abort();
            await new Promise(() => undefined);
            yield bytes;
          },
        };
        await expect(put(source, {}, over.signal)).rejects.toMatchObject({ kind: 'cancelled' });
        expect(await leftovers()).toEqual([]);
      },
    );
  });

async function* some(pieces: readonly Uint8Array[] | Error): AsyncIterable<Uint8Array> {
  if (pieces instanceof Error) throw pieces;
  yield* pieces;
}
