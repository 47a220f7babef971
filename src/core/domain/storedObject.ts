/** A bucket of the object store. */
export interface Bucket {
  readonly name: string;
  readonly createdAt?: number;
}

/** One entry of a listing: an object, or a prefix that more objects share (it ends in `/`). */
export type ObjectEntry =
  | { readonly kind: 'prefix'; readonly key: string }
  | { readonly kind: 'object'; readonly key: string; readonly size: number; readonly modifiedAt?: number };

/** What the store knows of one object. `size` is in bytes. */
export interface ObjectStat {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly modifiedAt?: number;
  /** Changes whenever the object does. */
  readonly etag?: string;
  readonly contentType?: string;
  /** Names and values that whoever stored it gave it. */
  readonly metadata?: { readonly [name: string]: string };
  /** Where the bucket keeps versions. */
  readonly version?: string;
}
