import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, sourceOf } from '../contract/objectTransfers.ts';
import type { Fault } from '../servers/faultProxy.ts';
import {
  contentOf,
  faultyStore,
  type FaultyStore,
  never,
  threeParts,
  faultyPlaces,
} from './support/faultyStore.ts';

const bucket = 'upload-faults';
const mebibyte = 1024 * 1024;
const small = bytesOf(mebibyte);
const large = bytesOf(threeParts);
const key = 'a b/object.bin';
const part = /PUT \/upload-faults\/.*partNumber=2&/;
const whole = /^PUT \/upload-faults\/a%20b\/object\.bin$/;
const completion = /^POST .*\?uploadId=/;

const passing: readonly (readonly [string, Fault])[] = [
  ['the server answers 500', { status: 500 }],
  ['the server answers 503', { status: 503 }],
  ['the server is silent', 'silent'],
  ['the connection is lost before', 'lost'],
  ['the answer is lost', 'unanswered'],
  ['the connection is cut on the way', { cutUp: 300_000 }],
  ['a bit is turned on the way', { flipUp: 700_000 }],
];

for (const [name, place] of faultyPlaces)
  describe.skipIf(place === undefined)(`an upload with faults, on ${name}`, () => {
    let faulty: FaultyStore;
    beforeAll(async () => {
      faulty = await faultyStore(bucket, place);
    });
    afterAll(() => faulty.close());
    afterEach(() => faulty.writes.delete(bucket, [key], never));

    const put = (bytes: Uint8Array, options = {}) =>
      faulty.writes.put({ bucket, key }, sourceOf(bytes), options, never);
    const countOf = (line: RegExp) =>
      faulty.proxy.requests.filter((request) => line.test(request.line)).length;
    const leftovers = () => faulty.writes.incompleteUploads?.(bucket, '', never);
    const expectStored = async (bytes: Uint8Array) => {
      expect(Buffer.compare(await contentOf(faulty.place, bucket, key), bytes)).toBe(0);
      expect(await leftovers()).toEqual([]);
    };

    it.each(passing)('stores a small object whole when %s', async (_, fault) => {
      faulty.proxy.next(whole, fault);
      expect(await put(small)).toMatchObject({ size: small.length });
      await expectStored(small);
    });

    it.each(passing)(
      'stores a large object whole when %s, and sends only that part again',
      async (_, fault) => {
        const [first, second] = [countOf(/partNumber=1&/), countOf(/partNumber=2&/)];
        faulty.proxy.next(part, fault);
        expect(await put(large)).toMatchObject({ size: large.length });
        await expectStored(large);
        expect(countOf(/partNumber=1&/) - first).toBe(1);
        expect(countOf(/partNumber=2&/) - second).toBe(2);
      },
    );

    it.each([
      ['a small object', small, whole],
      ['a large object', large, part],
    ])('stores nothing of %s where the fault stays', async (_, bytes, line) => {
      faulty.proxy.next(line, ...Array.from({ length: 4 }, (): Fault => ({ status: 503 })));
      await expect(put(bytes)).rejects.toMatchObject({ kind: 'unreachable' });
      await expect(faulty.store.stat(bucket, key, never)).rejects.toMatchObject({ kind: 'notFound' });
      expect(await leftovers()).toEqual([]);
    });

    it('leaves what was there where it cannot be replaced', async () => {
      await put(small);
      faulty.proxy.next(part, ...Array.from({ length: 4 }, (): Fault => ({ flipUp: 5 })));
      await expect(put(large)).rejects.toMatchObject({
        message: expect.stringContaining('did not arrive'),
      });
      await expectStored(small);
    });

    it('does not store twice over another object when the answer is lost', async () => {
      faulty.proxy.next(whole, 'unanswered');
      expect(await put(small, { ifAbsent: true })).toMatchObject({ size: small.length });
      const { etag: ifMatch } = await faulty.store.stat(bucket, key, never);
      faulty.proxy.next(whole, 'unanswered');
      expect(await put(bytesOf(10), { ifMatch })).toMatchObject({ size: 10 });
      await expectStored(bytesOf(10));
    });

    it.each<[string, Fault, number]>([
      ['is lost', 'unanswered', 1],
      ['does not come since the question is lost', 'lost', 2],
      ['is an error after all', { status: 200, body: '<Error><Code>InternalError</Code></Error>' }, 2],
      ['is a status that passes', { status: 503 }, 2],
    ])('completes a large object when the answer %s', async (_, fault, times) => {
      const before = countOf(completion);
      faulty.proxy.next(completion, fault);
      expect(await put(large)).toMatchObject({ size: large.length });
      expect(countOf(completion) - before).toBe(times);
      await expectStored(large);
    });

    it('takes an error in an answer of success as a failure', async () => {
      const refusal = {
        status: 200,
        body: '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>',
      };
      faulty.proxy.next(completion, refusal);
      await expect(put(large)).rejects.toMatchObject({ kind: 'forbidden' });
      await expect(faulty.store.stat(bucket, key, never)).rejects.toMatchObject({ kind: 'notFound' });
      expect(await leftovers()).toEqual([]);
    });

    it('tells bytes that only grow, up to all of them', async () => {
      const told: number[] = [];
      faulty.proxy.next(part, { cutUp: 5_000_000 });
      await put(large, { onProgress: (bytes: number) => told.push(bytes) });
      expect(told).toEqual(told.toSorted((a, b) => a - b));
      expect(told.length).toBeGreaterThan(20);
      expect(told.at(-1)).toBe(large.length);
    });
  });
