import type { Page } from '../../src/core/domain/page.ts';
import type { Bucket, ObjectEntry, ObjectStat } from '../../src/core/domain/storedObject.ts';
import { MlopsError } from '../../src/core/ports/mlopsError.ts';
import type { ByteRange, ObjectQuery, ObjectStore } from '../../src/core/ports/objectStore.ts';
import type { ByteSource, ObjectName, ObjectWrites, PutOptions } from '../../src/core/ports/objectWrites.ts';
import { MemoryVersions } from './memoryVersions.ts';
import { pageOfItems } from './pages.ts';

const pieceBytes = 64 * 1024;

/** An object in memory. */
interface Stored extends Pick<ObjectStat, 'contentType' | 'metadata'> {
  readonly content: Uint8Array;
  readonly at: number;
  readonly etag: string;
  readonly tags: { readonly [name: string]: string };
}

/** Buckets and objects in memory. */
export class MemoryObjectStore implements ObjectStore {
  readonly #buckets = new Map<string, Map<string, Stored>>();
  readonly modifiedAt = Date.UTC(2026, 0, 2);
  readonly versions = new MemoryVersions<Stored>(this.modifiedAt, ({ bucket, key }, object) => {
    if (object === undefined) this.#objects(bucket).delete(key);
    else this.#objects(bucket).set(key, object);
  });
  readonly writes: ObjectWrites = {
    createBucket: async (name, signal) => {
      throwIfAborted(signal);
      checkBucket(name);
      if (this.#buckets.has(name)) throw new MlopsError('conflict', `There is a bucket ${name} already.`);
      this.#buckets.set(name, new Map());
    },
    deleteBucket: async (name, signal) => {
      throwIfAborted(signal);
      if (this.#objects(name).size > 0 || this.versions.has(name))
        throw new MlopsError('conflict', `The bucket ${name} is not empty.`);
      this.#buckets.delete(name);
    },
    put: (to, source, options, signal) => this.#put(to, source, options, signal),
    copy: async (from, to, options, signal) => {
      if (from.bucket === to.bucket && from.key === to.key)
        throw new MlopsError('invalid', `${from.key} would be copied to itself.`);
      const { content, contentType, metadata, tags } = this.#object(from.bucket, from.key);
      const given = {
        ...options,
        ...(contentType ? { contentType } : {}),
        ...(metadata ? { metadata } : {}),
      };
      const stat = await this.#put(to, sourceOf(content), given, signal);
      await this.writes.setTags?.(to, tags, signal);
      return stat;
    },
    delete: async (bucket, keys, signal) => {
      throwIfAborted(signal);
      for (const key of keys)
        if (this.#objects(bucket).delete(key)) this.versions.add({ bucket, key }, undefined);
      return [];
    },
    setTags: async ({ bucket, key }, tags, signal) => {
      throwIfAborted(signal);
      this.#objects(bucket).set(key, { ...this.#object(bucket, key), tags });
    },
  };
  #stored = 0;

  /** Puts an object, making its bucket; it was changed at `modifiedAt` where no other time is given. */
  put(bucket: string, key: string, content: string | Uint8Array, at = this.modifiedAt): this {
    const objects = this.#buckets.get(bucket) ?? new Map<string, Stored>();
    this.#buckets.set(bucket, objects);
    this.#store({ bucket, key }, { content: Buffer.from(content), at });
    return this;
  }

  /** Keeps the versions of what is written to a bucket from now on. */
  keepVersions(bucket: string): this {
    this.versions.keep(bucket);
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
    for (const [key, { content, at: modifiedAt }] of this.#objects(bucket)) {
      if (!key.startsWith(query.prefix)) continue;
      const slash = key.indexOf('/', parent.length);
      const prefix = key.slice(0, slash + 1);
      if (slash >= 0 && !deep) {
        if (!timed) entries.set(prefix, { kind: 'prefix', key: prefix });
      } else if (modifiedAt >= (since ?? -Infinity) && modifiedAt < (until ?? Infinity))
        entries.set(key, { kind: 'object', key, size: content.length, modifiedAt });
    }
    return pageOfItems([...entries.values()], { size: 100, ...query }, (entry) => entry.key);
  }

  async stat(bucket: string, key: string, signal: AbortSignal): Promise<ObjectStat> {
    throwIfAborted(signal);
    const { content, at, etag, contentType, metadata } = this.#object(bucket, key);
    return {
      ...{ bucket, key, size: content.length, modifiedAt: at, etag },
      ...(contentType === undefined ? {} : { contentType }),
      ...(metadata === undefined ? {} : { metadata }),
    };
  }

  async *read(bucket: string, key: string, range: ByteRange, signal: AbortSignal): AsyncIterable<Uint8Array> {
    throwIfAborted(signal);
    const start = range.offset ?? 0;
    if (start < 0 || range.limit < 1) throw new MlopsError('invalid', 'Not a range.');
    const { content, etag } =
      range.version === undefined
        ? this.#object(bucket, key)
        : this.versions.object({ bucket, key }, range.version);
    if (range.ifMatch !== undefined && range.ifMatch !== etag) throw changed({ bucket, key });
    const part = content.subarray(start, start + range.limit);
    for (let offset = 0; offset < part.length; offset += pieceBytes) {
      throwIfAborted(signal);
      yield part.subarray(offset, offset + pieceBytes);
    }
  }

  async tags({ bucket, key }: ObjectName, signal: AbortSignal): Promise<{ readonly [name: string]: string }> {
    throwIfAborted(signal);
    return this.#object(bucket, key).tags;
  }

  async link({ bucket, key }: ObjectName, seconds: number, signal: AbortSignal): Promise<string> {
    throwIfAborted(signal);
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > 604_800)
      throw new MlopsError('invalid', 'A link lasts for 1 second to 7 days.');
    this.#object(bucket, key);
    return `https://store.test/${bucket}/${key}?X-Amz-Expires=${seconds}&X-Amz-Signature=0`;
  }

  async #put(
    to: ObjectName,
    source: ByteSource,
    options: PutOptions,
    signal: AbortSignal,
  ): Promise<ObjectStat> {
    const there = this.#objects(to.bucket).get(to.key);
    checkKey(to.key, false);
    if (options.ifAbsent && there)
      throw new MlopsError('conflict', `There is a ${to.bucket}/${to.key} already.`);
    if (options.ifMatch !== undefined && options.ifMatch !== there?.etag) throw changed(to);
    const kept = asKept(options);
    const content = await contentOf(source, signal);
    options.onProgress?.(content.length, content.length);
    this.#store(to, { ...kept, content, at: this.modifiedAt });
    return this.stat(to.bucket, to.key, signal);
  }

  #store({ bucket, key }: ObjectName, object: Omit<Stored, 'etag' | 'tags'>): void {
    this.#stored += 1;
    const stored = { ...object, etag: `"${this.#stored}"`, tags: {} };
    this.#objects(bucket).set(key, stored);
    this.versions.add({ bucket, key }, stored);
  }

  #objects(bucket: string): Map<string, Stored> {
    checkBucket(bucket);
    const objects = this.#buckets.get(bucket);
    if (!objects) throw new MlopsError('notFound', `There is no bucket ${bucket}.`);
    return objects;
  }

  #object(bucket: string, key: string): Stored {
    checkKey(key, false);
    const object = this.#objects(bucket).get(key);
    if (!object) throw new MlopsError('notFound', `There is no ${bucket}/${key}.`);
    return object;
  }
}

function sourceOf(content: Uint8Array): ByteSource {
  return {
    size: content.length,
    read: async function* (offset, limit) {
      yield content.subarray(offset, offset + limit);
    },
  };
}

function changed({ bucket, key }: ObjectName): MlopsError {
  return new MlopsError('conflict', `${bucket}/${key} was changed in the meantime.`);
}

function checkBucket(bucket: string): void {
  if (bucket === '' || bucket.startsWith('.') || bucket.includes('/'))
    throw new MlopsError('invalid', 'Not a bucket.');
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

/** Type and metadata as stores keep them. */
function asKept({ contentType, metadata }: PutOptions): Pick<Stored, 'contentType' | 'metadata'> {
  const own = Object.entries(metadata ?? {});
  const wrong = own.find(([name]) => !/^[\w.-]+$/.test(name));
  if (wrong) throw new MlopsError('invalid', `${wrong[0]} is no name of metadata.`);
  return {
    ...(contentType === undefined ? {} : { contentType }),
    ...(own.length === 0
      ? {}
      : { metadata: Object.fromEntries(own.map(([name, value]) => [name.toLowerCase(), value])) }),
  };
}

async function contentOf(source: ByteSource, signal: AbortSignal): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const all = source.size === 0 ? [] : source.read(0, source.size, signal);
  for await (const piece of all) pieces.push(piece);
  const content = Buffer.concat(pieces);
  throwIfAborted(signal);
  if (content.length !== source.size)
    throw new MlopsError('conflict', 'The source changed while it was read.');
  return content;
}
