import type { Page, PageQuery } from '../domain/page.ts';
import type { ObjectName } from './objectWrites.ts';

/** One version of an object, or the marker that says that it was deleted. */
export interface ObjectVersion extends ObjectName {
  readonly id: string;
  /** True for the one that is read when none is named. */
  readonly latest: boolean;
  /** True for a marker, which has no bytes. */
  readonly deleted: boolean;
  readonly size: number;
  readonly modifiedAt?: number;
}

/** Versions of objects, in buckets that keep them. */
export interface ObjectVersions {
  /** True where the bucket keeps the versions of what is written from now on. */
  kept(bucket: string, signal: AbortSignal): Promise<boolean>;
  /** Versions of the objects below a prefix, by key, the newest of each first. */
  list(
    bucket: string,
    query: PageQuery & { readonly prefix: string },
    signal: AbortSignal,
  ): Promise<Page<ObjectVersion>>;
  /** Makes a version the latest one again; the others stay. */
  restore(version: ObjectVersion, signal: AbortSignal): Promise<void>;
  /** Deletes one version for good. */
  delete(version: ObjectVersion, signal: AbortSignal): Promise<void>;
}
