import type { Page, PageQuery } from '../domain/page.ts';
import type { Bucket, ObjectEntry, ObjectStat } from '../domain/storedObject.ts';
import type { ObjectVersions } from './objectVersions.ts';
import type { ByteTarget, ObjectName, ObjectWrites, TransferProgress } from './objectWrites.ts';

/** A part of an object: `offset` ≥ 0 and `limit` ≥ 1, both in bytes. */
export interface ByteRange {
  readonly offset?: number;
  readonly limit: number;
  /** A version of the object; left out: the latest. */
  readonly version?: string;
  /** Read only while the object has this ETag; else throws conflict. */
  readonly ifMatch?: string;
}

/** Which objects are listed, 1 to 1000 a page. Times are milliseconds since 1970; a prefix has none, and is left out where one is given. */
export interface ObjectQuery extends PageQuery {
  readonly prefix: string;
  /** True: the objects at any depth below the prefix, and no prefixes. */
  readonly deep?: boolean;
  /** Only objects that were changed at this time or later. */
  readonly since?: number;
  /** Only objects that were changed before this time. */
  readonly until?: number;
}

/**
 * Objects in buckets: a folder, or an S3 endpoint.
 * Every method throws MlopsError: notFound (no such bucket or object), invalid (a key that leaves the bucket),
 * forbidden, auth, unreachable, timeout, cancelled.
 */
export interface ObjectStore {
  /** All buckets by name. */
  listBuckets(signal: AbortSignal): Promise<readonly Bucket[]>;
  /**
   * Entries directly below `prefix` ("" for the top, else usually ending in "/"), in UTF-8 order of their keys.
   * Keys in the result are whole, not relative.
   */
  listObjects(bucket: string, query: ObjectQuery, signal: AbortSignal): Promise<Page<ObjectEntry>>;
  stat(bucket: string, key: string, signal: AbortSignal): Promise<ObjectStat>;
  /** The requested bytes, fewer at the object's end. Leaving the loop early releases the file or connection. */
  read(bucket: string, key: string, range: ByteRange, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** The object's file on this machine, if there is one: the editor opens it directly. */
  localFile?(bucket: string, key: string): string;
  /** Left out: nothing can be changed here. */
  readonly writes?: ObjectWrites;
  /** Left out: no versions are kept here. */
  readonly versions?: ObjectVersions;
  /**
   * Reads a whole object, in several ranges at once where it is large, all of one state of it; its length and checksum are
   * compared at the end. Left out: `read` serves. Throws conflict when the object changes on the way.
   */
  download?(
    from: ObjectName & { readonly version?: string },
    target: ByteTarget,
    onProgress: TransferProgress,
    signal: AbortSignal,
  ): Promise<ObjectStat>;
  /** The tags of an object. Left out: it has none here. */
  tags?(of: ObjectName, signal: AbortSignal): Promise<{ readonly [name: string]: string }>;
  /** An address that lets anyone who has it read the object, for 1 to 604,800 seconds. Whoever shows it asks first. */
  link?(to: ObjectName, seconds: number, signal: AbortSignal): Promise<string>;
}
