import { expect, inject } from 'vitest';
import { partsOf } from '../../../src/adapters/s3/incompleteUploads.ts';
import { S3Requests } from '../../../src/adapters/s3/requests.ts';
import { createS3 } from '../../../src/adapters/s3/s3.ts';
import type { ObjectStore } from '../../../src/core/ports/objectStore.ts';
import type { ByteSource, IncompleteUpload, ObjectWrites } from '../../../src/core/ports/objectWrites.ts';
import { sourceOf } from '../../contract/objectTransfers.ts';
import { type FaultProxy, startFaultProxy } from '../../servers/faultProxy.ts';
import { empty, fill, type S3Place } from '../../servers/s3/s3Server.ts';

const stores = inject('stores');

/** A store that can be restarted and has users; undefined where it cannot be built. */
export const versitygw: S3Place | undefined = stores['versitygw'];

/** The stores that the tests of faults are about; undefined where there is none. */
export const faultyPlaces: readonly (readonly [string, S3Place | undefined])[] = [
  ['versitygw', versitygw],
  ...Object.entries(stores).filter(([name]) => name !== 'versitygw'),
];

const mebibyte = 1024 * 1024;
/** Small, so that a test of silence is short and large objects need not be large. */
export const smallBounds = { silence: 2000, pauses: [5, 10, 20], part: 5 * mebibyte };
/** The length of an object of three parts. */
export const threeParts = 11 * mebibyte;

export const never = new AbortController().signal;

/** A store behind a proxy that makes faults, with an empty bucket. */
export interface FaultyStore {
  readonly store: ObjectStore;
  readonly writes: ObjectWrites;
  readonly proxy: FaultProxy;
  /** Where the store is, past the proxy. */
  readonly place: S3Place;
  /** Where the proxy is. */
  readonly proxied: S3Place;
  close(): Promise<void>;
}

export async function faultyStore(
  bucket: string,
  place: S3Place | undefined = versitygw,
): Promise<FaultyStore> {
  if (place === undefined) throw new Error('There is no store for the tests.');
  await empty(place, [bucket]);
  await fill(place, { [bucket]: {} });
  const proxy = await startFaultProxy(place.address.endpoint);
  const proxied = { ...place, address: { ...place.address, endpoint: proxy.address } };
  const store = createS3({ ...proxied, bounds: smallBounds });
  return {
    ...{ store, writes: writesOf(store), proxy, place, proxied },
    close: async () => {
      await proxy.close();
      await empty(place, [bucket]);
    },
  };
}

export function writesOf({ writes }: ObjectStore): ObjectWrites {
  if (writes === undefined) throw new Error('It cannot be written to.');
  return writes;
}

/** All bytes of an object, read past any proxy. */
export async function contentOf(place: S3Place, bucket: string, key: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of createS3(place).read(bucket, key, { limit: 1_000_000_000 }, never))
    pieces.push(piece);
  return Buffer.concat(pieces);
}

/** A source that does something before its last part is read, when the server has all parts before it. */
export function beforeLastPart(
  place: S3Place,
  content: Uint8Array,
  upload: () => IncompleteUpload,
  work: () => Promise<void>,
): ByteSource {
  const requests = new S3Requests(place.address, place.credentials);
  const before = Math.ceil(content.length / smallBounds.part) - 1;
  const kept = async () => (await partsOf(requests, upload(), never)).size;
  const whole = sourceOf(content);
  return {
    size: whole.size,
    read: async function* (offset, limit, signal) {
      if (offset + limit === whole.size) {
        await expect.poll(kept, { timeout: 20_000 }).toBe(before);
        await work();
      }
      yield* whole.read(offset, limit, signal);
    },
  };
}
