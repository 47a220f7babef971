import type { Agent } from 'node:http';
import type { Page } from '../../core/domain/page.ts';
import type { Bucket, ObjectEntry, ObjectStat } from '../../core/domain/storedObject.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ByteRange, ObjectQuery, ObjectStore } from '../../core/ports/objectStore.ts';
import { asName } from '../../core/text/literal.ts';
import { isAltered, isBucketName, noObject, noSuchKey } from './keys.ts';
import { listingQuery, readBuckets, readListing } from './listing.ts';
import { listObjects } from './listObjects.ts';
import { readRange } from './readRange.ts';
import type { S3Address } from './address.ts';
import { type S3Credentials, S3Requests } from './requests.ts';

export interface S3Options {
  readonly address: S3Address;
  readonly credentials: S3Credentials;
  /** The buckets of a person whose key may not list them; left out: the server is asked. */
  readonly buckets?: readonly string[];
  /** Makes the connections to the store, where the network does not lead to it. */
  readonly agent?: Agent;
}

/** Objects of an S3 endpoint: MinIO, SeaweedFS, Ceph, versitygw, AWS. */
export function createS3({ address, credentials, buckets, agent }: S3Options): ObjectStore {
  return new S3Store(new S3Requests(address, credentials, agent), buckets);
}

class S3Store implements ObjectStore {
  readonly #requests: S3Requests;
  readonly #buckets: readonly string[] | undefined;

  constructor(requests: S3Requests, buckets: readonly string[] | undefined) {
    this.#requests = requests;
    this.#buckets = buckets;
  }

  async listBuckets(signal: AbortSignal): Promise<readonly Bucket[]> {
    if (this.#buckets !== undefined) return this.#buckets.toSorted().map((name) => ({ name }));
    return readBuckets(await this.#requests.text({ method: 'GET' }, signal));
  }

  async listObjects(bucket: string, query: ObjectQuery, signal: AbortSignal): Promise<Page<ObjectEntry>> {
    checkBucket(bucket);
    const page = async (prefix: string, wish: Parameters<typeof listingQuery>[1]) =>
      readListing(
        await this.#requests.text({ method: 'GET', bucket, query: listingQuery(prefix, wish) }, signal),
      );
    return listObjects(page, query, signal);
  }

  async stat(bucket: string, key: string, signal: AbortSignal): Promise<ObjectStat> {
    await this.#checkKey(bucket, key, signal);
    const { headers, body } = await this.#requests.send({ method: 'HEAD', bucket, key }, signal);
    body.destroy();
    const modifiedAt = Date.parse(headers['last-modified'] ?? '');
    return {
      ...{ bucket, key, size: Number(headers['content-length'] ?? 0) },
      ...(Number.isNaN(modifiedAt) ? {} : { modifiedAt }),
    };
  }

  async *read(bucket: string, key: string, range: ByteRange, signal: AbortSignal): AsyncIterable<Uint8Array> {
    if ((range.offset ?? 0) < 0 || range.limit < 1)
      throw new MlopsError('invalid', 'A range has an offset of at least 0 and a limit of at least 1.');
    await this.#checkKey(bucket, key, signal);
    yield* readRange(this.#requests, { bucket, key }, range, signal);
  }

  /**
   * Throws MlopsError where there can be no such object. Some servers read a key with `//` or `..` as another one, so such
   * a key counts only where a listing has it as it is.
   */
  async #checkKey(bucket: string, key: string, signal: AbortSignal): Promise<void> {
    checkBucket(bucket);
    if (key === '') throw noObject();
    if (!isAltered(key)) return;
    const query = listingQuery(key, { deep: true, size: 1 });
    const { entries } = readListing(await this.#requests.text({ method: 'GET', bucket, query }, signal));
    if (entries[0]?.key !== key) throw noSuchKey(bucket, key, this.#requests.name);
  }
}

function checkBucket(bucket: string): void {
  if (!isBucketName(bucket))
    throw new MlopsError('invalid', `${asName(bucket)} cannot be the name of a bucket.`);
}
