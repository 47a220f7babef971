import type { Page } from '../../src/core/domain/page.ts';
import { MlopsError, throwIfAborted } from '../../src/core/ports/mlopsError.ts';
import type { ObjectVersion, ObjectVersions } from '../../src/core/ports/objectVersions.ts';
import type { ObjectName } from '../../src/core/ports/objectWrites.ts';
import { pageOfItems } from './pages.ts';

/** What versions need to know of an object. */
interface Content {
  readonly content: Uint8Array;
  readonly at: number;
}

interface Kept<T> extends ObjectName {
  readonly id: string;
  /** Left out: the mark of a deletion. */
  readonly object?: T;
}

/** The versions of a store in memory, for the buckets that keep them. */
export class MemoryVersions<T extends Content> implements ObjectVersions {
  readonly #buckets = new Map<string, readonly Kept<T>[]>();
  readonly #setLatest: (name: ObjectName, object: T | undefined) => void;
  readonly #modifiedAt: number;
  #count = 0;

  /** `setLatest` is called with what is read when no version is named; undefined: nothing. */
  constructor(modifiedAt: number, setLatest: (name: ObjectName, object: T | undefined) => void) {
    this.#modifiedAt = modifiedAt;
    this.#setLatest = setLatest;
  }

  keep(bucket: string): void {
    this.#buckets.set(bucket, this.#buckets.get(bucket) ?? []);
  }

  /** Remembers what an object is from now on; undefined: it was deleted. */
  add({ bucket, key }: ObjectName, object: T | undefined): void {
    const before = this.#buckets.get(bucket);
    if (before === undefined) return;
    this.#count += 1;
    const id = `version-${String(this.#count).padStart(6, '0')}`;
    this.#buckets.set(bucket, [{ bucket, key, id, ...(object === undefined ? {} : { object }) }, ...before]);
  }

  /** True while versions are in a bucket. */
  has(bucket: string): boolean {
    return (this.#buckets.get(bucket)?.length ?? 0) > 0;
  }

  object({ bucket, key }: ObjectName, id: string): T {
    const kept = this.#buckets.get(bucket)?.find((each) => each.key === key && each.id === id);
    if (kept?.object === undefined)
      throw new MlopsError('notFound', `There is no version ${id} of ${bucket}/${key}.`);
    return kept.object;
  }

  async kept(bucket: string, signal: AbortSignal): Promise<boolean> {
    throwIfAborted(signal);
    return this.#buckets.has(bucket);
  }

  async list(
    bucket: string,
    query: Parameters<ObjectVersions['list']>[1],
    signal: AbortSignal,
  ): Promise<Page<ObjectVersion>> {
    throwIfAborted(signal);
    const below = (this.#buckets.get(bucket) ?? []).filter(({ key }) => key.startsWith(query.prefix));
    const versions = below.map(({ key, id, object }, index): ObjectVersion => ({
      ...{ bucket, key, id, deleted: object === undefined, modifiedAt: object?.at ?? this.#modifiedAt },
      latest: below.findIndex((each) => each.key === key) === index,
      size: object?.content.length ?? 0,
    }));
    const order = new Map(versions.map(({ id }, index) => [id, String(index).padStart(9, '0')]));
    return pageOfItems(versions, query, ({ key, id }) => `${key}\0${order.get(id)}`);
  }

  async restore(version: ObjectVersion, signal: AbortSignal): Promise<void> {
    if (version.latest && version.deleted) return this.delete(version, signal);
    throwIfAborted(signal);
    const object = this.object(version, version.id);
    if (version.latest) return;
    this.add(version, object);
    this.#setLatest(version, object);
  }

  async delete({ bucket, key, id }: ObjectVersion, signal: AbortSignal): Promise<void> {
    throwIfAborted(signal);
    const left = (this.#buckets.get(bucket) ?? []).filter((each) => each.key !== key || each.id !== id);
    this.#buckets.set(bucket, left);
    this.#setLatest({ bucket, key }, left.find((each) => each.key === key)?.object);
  }
}
