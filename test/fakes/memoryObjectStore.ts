import type { Page } from '../../src/core/domain/page.ts';
import type { Bucket, ObjectEntry, ObjectStat } from '../../src/core/domain/storedObject.ts';
import { MlopsError } from '../../src/core/ports/mlopsError.ts';
import type { ByteRange, ObjectQuery, ObjectStore } from '../../src/core/ports/objectStore.ts';
import { pageOfItems } from './pages.ts';

const pieceBytes = 64 * 1024;

/** Buckets and objects in memory. */
export class MemoryObjectStore implements ObjectStore {
  readonly #buckets = new Map<string, Map<string, Uint8Array>>();
  readonly #times = new Map<string, number>();
  readonly modifiedAt = Date.UTC(2026, 0, 2);

  /** Puts an object, making its bucket; it was changed at `modifiedAt` where no other time is given. */
  put(bucket: string, key: string, content: string | Uint8Array, at = this.modifiedAt): this {
    this.#times.set(`${bucket}/${key}`, at);
    const objects = this.#buckets.get(bucket) ?? new Map<string, Uint8Array>();
    this.#buckets.set(bucket, objects.set(key, Buffer.from(content)));
    return this;
  }

  async listBuckets(signal: AbortSignal): Promise<readonly Bucket[]> {
    throwIfAborted(signal);
    return [...this.#buckets.keys()].toSorted().map((name) => ({ name, createdAt: this.modifiedAt }));
  }

  async listObjects(bucket: string, query: ObjectQuery, signal: AbortSignal): Promise<Page<ObjectEntry>> {
    throwIfAborted(signal);
    checkKey(query.prefix, true);
    const { deep = false, since, until } = query;
    const timed = since !== undefined || until !== undefined;
    const parent = query.prefix.slice(0, query.prefix.lastIndexOf('/') + 1);
    const entries = new Map<string, ObjectEntry>();
    for (const [key, content] of this.#objects(bucket)) {
      if (!key.startsWith(query.prefix)) continue;
      const slash = key.indexOf('/', parent.length);
      const prefix = key.slice(0, slash + 1);
      const modifiedAt = this.#timeOf(bucket, key);
      if (slash >= 0 && !deep) {
        if (!timed) entries.set(prefix, { kind: 'prefix', key: prefix });
      } else if (modifiedAt >= (since ?? -Infinity) && modifiedAt < (until ?? Infinity))
        entries.set(key, { kind: 'object', key, size: content.length, modifiedAt });
    }
    return pageOfItems([...entries.values()], { size: 100, ...query }, (entry) => entry.key);
  }

  async stat(bucket: string, key: string, signal: AbortSignal): Promise<ObjectStat> {
    throwIfAborted(signal);
    return { bucket, key, size: this.#object(bucket, key).length, modifiedAt: this.#timeOf(bucket, key) };
  }

  async *read(bucket: string, key: string, range: ByteRange, signal: AbortSignal): AsyncIterable<Uint8Array> {
    throwIfAborted(signal);
    const start = range.offset ?? 0;
    if (start < 0 || range.limit < 1) throw new MlopsError('invalid', 'Not a range.');
    const part = this.#object(bucket, key).subarray(start, start + range.limit);
    for (let offset = 0; offset < part.length; offset += pieceBytes) {
      throwIfAborted(signal);
      yield part.subarray(offset, offset + pieceBytes);
    }
  }

  #timeOf(bucket: string, key: string): number {
    return this.#times.get(`${bucket}/${key}`) ?? this.modifiedAt;
  }

  #objects(bucket: string): Map<string, Uint8Array> {
    const objects = this.#buckets.get(bucket);
    if (bucket === '' || bucket.startsWith('.') || bucket.includes('/'))
      throw new MlopsError('invalid', 'Not a bucket.');
    if (!objects) throw new MlopsError('notFound', `There is no bucket ${bucket}.`);
    return objects;
  }

  #object(bucket: string, key: string): Uint8Array {
    checkKey(key, false);
    const object = this.#objects(bucket).get(key);
    if (!object) throw new MlopsError('notFound', `There is no ${bucket}/${key}.`);
    return object;
  }
}

function checkKey(key: string, isPrefix: boolean): void {
  const parts = (isPrefix ? key.slice(0, key.lastIndexOf('/') + 1).replace(/\/$/, '') : key).split('/');
  const empty = isPrefix && parts.length === 1 && parts[0] === '';
  if (!empty && parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new MlopsError('invalid', `${JSON.stringify(key)} is not a key.`);
  }
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new MlopsError('cancelled', 'Cancelled.');
}
