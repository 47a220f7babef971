import type { ObjectStat } from '../domain/storedObject.ts';

/** What an object is named by. */
export interface ObjectName {
  readonly bucket: string;
  readonly key: string;
}

/** Bytes to be stored. They are read more than once where a part of them has to be sent again. */
export interface ByteSource {
  /** In bytes. A source that turns out shorter or longer is an error, and nothing is stored. */
  readonly size: number;
  /** `limit` ≥ 1 bytes from `offset` ≥ 0 on. */
  read(offset: number, limit: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** Where downloaded bytes go; pieces may come in any order, and each comes once. */
export interface ByteTarget {
  write(bytes: Uint8Array, offset: number): Promise<void>;
}

/** Called with the bytes that have arrived so far, and all that there are. */
export type TransferProgress = (bytes: number, total: number) => void;

export interface PutOptions {
  readonly contentType?: string;
  /** Names of letters, digits, `-`, `_` and `.`, which are stored in lower case, and values of any text. */
  readonly metadata?: { readonly [name: string]: string };
  /** Stored only where the object still has this ETag; else throws conflict, also where there is none any more. */
  readonly ifMatch?: string;
  /** Stored only where there is no such object; else throws conflict. */
  readonly ifAbsent?: boolean;
  readonly onProgress?: TransferProgress;
  /**
   * The id of an upload of the same source to the same name that was interrupted: the parts that are there already and equal
   * are not sent again. One that is gone begins anew.
   */
  readonly resume?: string;
  /**
   * Called with the id of an upload in parts when it begins. Who gives this keeps the id: what was sent then stays after a
   * cancelled or interrupted transfer, to be resumed or abandoned. Left out: nothing stays.
   */
  readonly onUpload?: (id: string) => void;
}

/** An object that could not be deleted, and why in words for people. */
export interface NotDeleted {
  readonly key: string;
  readonly reason: string;
}

/** An upload in parts that was begun and neither completed nor given up. It takes space and is no object. */
export interface IncompleteUpload extends ObjectName {
  readonly id: string;
  readonly startedAt?: number;
}

/**
 * Changes of objects and buckets. Each method throws MlopsError, as those of ObjectStore do; and conflict where an object
 * is not what was expected. A transfer that fails or is cancelled leaves nothing behind, or can be resumed.
 */
export interface ObjectWrites {
  /** Throws conflict when the name is taken. */
  createBucket(name: string, signal: AbortSignal): Promise<void>;
  /** Throws conflict when objects are in it. */
  deleteBucket(name: string, signal: AbortSignal): Promise<void>;
  /**
   * Stores an object, in parts where it is large; its length and checksum are compared with what the server has. What it
   * returns may lack `modifiedAt`. Throws conflict when the source changes while it is read.
   */
  put(to: ObjectName, source: ByteSource, options: PutOptions, signal: AbortSignal): Promise<ObjectStat>;
  /** Copies within the store, without the bytes passing through here where the server can. Takes the metadata and tags along. */
  copy(
    from: ObjectName,
    to: ObjectName,
    options: Pick<PutOptions, 'ifAbsent' | 'onProgress'>,
    signal: AbortSignal,
  ): Promise<ObjectStat>;
  /** Deletes objects; one that is not there counts as deleted. Returns those that remain. */
  delete(bucket: string, keys: readonly string[], signal: AbortSignal): Promise<readonly NotDeleted[]>;
  /** Replaces the tags of an object. */
  setTags?(of: ObjectName, tags: { readonly [name: string]: string }, signal: AbortSignal): Promise<void>;
  incompleteUploads?(
    bucket: string,
    prefix: string,
    signal: AbortSignal,
  ): Promise<readonly IncompleteUpload[]>;
  /** Gives an upload up and frees its space. */
  abandonUpload?(upload: IncompleteUpload, signal: AbortSignal): Promise<void>;
}
