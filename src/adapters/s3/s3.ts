import type { Agent } from 'node:http';
import type { Page } from '../../core/domain/page.ts';
import type { Bucket, ObjectEntry, ObjectStat } from '../../core/domain/storedObject.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ByteRange, ObjectQuery, ObjectStore } from '../../core/ports/objectStore.ts';
import type {
  ByteTarget,
  ObjectName,
  ObjectWrites,
  TransferProgress,
} from '../../core/ports/objectWrites.ts';
import type { ObjectVersions } from '../../core/ports/objectVersions.ts';
import { checkBucket, checkKey } from './checkKey.ts';
import { download } from './download.ts';
import { link } from './links.ts';
import { listingQuery, readBuckets, readListing } from './listing.ts';
import { listObjects } from './listObjects.ts';
import { readRange } from './readRange.ts';
import { head, statIn } from './stat.ts';
import type { S3Address } from './address.ts';
import { type S3Credentials, S3Requests, type S3Bounds } from './requests.ts';
import { getTags, type Tags } from './tags.ts';
import { s3Versions } from './versions.ts';
import { s3Writes } from './writes.ts';

export interface S3Options {
  readonly address: S3Address;
  readonly credentials: S3Credentials;
  /** The buckets of a person whose key may not list them; left out: the server is asked. */
  readonly buckets?: readonly string[];
  /** Makes the connections to the store, where the network does not lead to it. */
  readonly agent?: Agent;
  /** Left out: what suits a store on a network. */
  readonly bounds?: S3Bounds;
}

/** Objects of an S3 endpoint: MinIO, SeaweedFS, Ceph, versitygw, AWS. */
export function createS3({ address, credentials, buckets, agent, bounds }: S3Options): ObjectStore {
  return new S3Store(new S3Requests(address, credentials, { agent, bounds }), buckets);
}

class S3Store implements ObjectStore {
  readonly writes: ObjectWrites;
  readonly versions: ObjectVersions;
  readonly #requests: S3Requests;
  readonly #buckets: readonly string[] | undefined;

  constructor(requests: S3Requests, buckets: readonly string[] | undefined) {
    this.#requests = requests;
    this.writes = s3Writes(requests);
    this.versions = s3Versions(requests);
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
    await checkKey(this.#requests, { bucket, key }, signal);
    return statIn({ bucket, key }, await head(this.#requests, { bucket, key }, signal));
  }

  async *read(bucket: string, key: string, range: ByteRange, signal: AbortSignal): AsyncIterable<Uint8Array> {
    if ((range.offset ?? 0) < 0 || range.limit < 1)
      throw new MlopsError('invalid', 'A range has an offset of at least 0 and a limit of at least 1.');
    await checkKey(this.#requests, { bucket, key }, signal);
    yield* readRange(this.#requests, { bucket, key, version: range.version }, range, signal);
  }

  download(
    from: ObjectName & { readonly version?: string },
    target: ByteTarget,
    onProgress: TransferProgress,
    signal: AbortSignal,
  ): Promise<ObjectStat> {
    return download(this.#requests, from, { target, onProgress }, signal);
  }

  tags(of: ObjectName, signal: AbortSignal): Promise<Tags> {
    return getTags(this.#requests, of, signal);
  }

  link(to: ObjectName, seconds: number, signal: AbortSignal): Promise<string> {
    return link(this.#requests, to, seconds, signal);
  }
}
