import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '../../core/domain/page.ts';
import type { Bucket, ObjectEntry, ObjectStat } from '../../core/domain/storedObject.ts';
import { errorCode, MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { ByteRange, ObjectQuery, ObjectStore } from '../../core/ports/objectStore.ts';
import type { ObjectWrites } from '../../core/ports/objectWrites.ts';
import { changed, existing, existingFile, realIn, translated } from './existing.ts';
import { filePath } from './keys.ts';
import { listEntries } from './listEntries.ts';
import { folderWrites } from './writes.ts';

export interface LocalFolderOptions {
  /** Absolute path of the folder whose subfolders are the buckets. */
  readonly root: string;
  /** Left out: nothing can be changed in it. */
  readonly writable?: true;
}

/** A folder as an object store: its subfolders are buckets, the paths in them keys. */
export function createLocalFolder(
  options: LocalFolderOptions,
): ObjectStore & Required<Pick<ObjectStore, 'localFile'>> {
  return new LocalFolder(options);
}

class LocalFolder implements ObjectStore {
  readonly writes?: ObjectWrites;
  readonly #root: string;

  constructor({ root, writable }: LocalFolderOptions) {
    this.#root = root;
    if (writable) this.writes = folderWrites(root);
  }

  async listBuckets(signal: AbortSignal): Promise<readonly Bucket[]> {
    throwIfAborted(signal);
    const entries = await readdir(this.#root, { withFileTypes: true }).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return []; // nothing was stored yet
      throw translated(error, this.#root);
    });
    const names = entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => entry.name);
    return Promise.all(names.toSorted(byUtf8).map((name) => this.#bucket(name)));
  }

  async listObjects(bucket: string, query: ObjectQuery, signal: AbortSignal): Promise<Page<ObjectEntry>> {
    throwIfAborted(signal);
    await existing(this.#root, bucket, '');
    const slash = query.prefix.lastIndexOf('/');
    const parent = query.prefix.slice(0, slash + 1);
    try {
      const folder = await realIn(this.#root, bucket, filePath(this.#root, bucket, parent));
      return await listEntries({ root: this.#root, bucket, folder, parent }, query, signal);
    } catch (error) {
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return { items: [] }; // an object store lists nothing under a prefix that is not there
      throw translated(error, `${bucket}/${query.prefix}`);
    }
  }

  async stat(bucket: string, key: string, signal: AbortSignal): Promise<ObjectStat> {
    throwIfAborted(signal);
    const { size, modifiedAt, etag } = await existingFile(this.#root, bucket, key);
    return { bucket, key, size, modifiedAt, etag };
  }

  async *read(bucket: string, key: string, range: ByteRange, signal: AbortSignal): AsyncIterable<Uint8Array> {
    throwIfAborted(signal);
    const { file, size, etag } = await existingFile(this.#root, bucket, key);
    if (range.ifMatch !== undefined && range.ifMatch !== etag) throw changed(bucket, key);
    const start = range.offset ?? 0;
    if (start < 0 || range.limit < 1)
      throw new MlopsError('invalid', 'A range has an offset of at least 0 and a limit of at least 1.');
    if (start >= size) return;
    const stream = createReadStream(file, { start, end: start + range.limit - 1 });
    try {
      for await (const piece of stream) {
        throwIfAborted(signal);
        yield piece as Uint8Array;
      }
    } catch (error) {
      throw translated(error, `${bucket}/${key}`);
    } finally {
      stream.destroy();
    }
  }

  localFile(bucket: string, key: string): string {
    return filePath(this.#root, bucket, key);
  }

  async #bucket(name: string): Promise<Bucket> {
    const { birthtimeMs, ctimeMs } = await stat(path.join(this.#root, name));
    return { name, createdAt: Math.round(birthtimeMs || ctimeMs) };
  }
}

function byUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
