import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '../../core/domain/page.ts';
import type { Bucket, ObjectEntry, ObjectStat } from '../../core/domain/storedObject.ts';
import { errorCode, messageOf, MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { ByteRange, ObjectQuery, ObjectStore } from '../../core/ports/objectStore.ts';
import { bucketPath, filePath, realFile } from './keys.ts';
import { listEntries } from './listEntries.ts';

export interface LocalFolderOptions {
  /** Absolute path of the folder whose subfolders are the buckets. */
  readonly root: string;
}

/** A folder as a read-only object store: its subfolders are buckets, the paths in them keys. */
export function createLocalFolder(
  options: LocalFolderOptions,
): ObjectStore & Required<Pick<ObjectStore, 'localFile'>> {
  return new LocalFolder(options.root);
}

class LocalFolder implements ObjectStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
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
    await this.#existing(bucket, '');
    const slash = query.prefix.lastIndexOf('/');
    const parent = query.prefix.slice(0, slash + 1);
    try {
      const folder = await this.#real(bucket, filePath(this.#root, bucket, parent));
      return await listEntries({ root: this.#root, bucket, folder, parent }, query, signal);
    } catch (error) {
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return { items: [] }; // an object store lists nothing under a prefix that is not there
      throw translated(error, `${bucket}/${query.prefix}`);
    }
  }

  async stat(bucket: string, key: string, signal: AbortSignal): Promise<ObjectStat> {
    throwIfAborted(signal);
    const { size, modifiedAt } = await this.#file(bucket, key);
    return { bucket, key, size, modifiedAt };
  }

  async *read(bucket: string, key: string, range: ByteRange, signal: AbortSignal): AsyncIterable<Uint8Array> {
    throwIfAborted(signal);
    const { file, size } = await this.#file(bucket, key);
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

  async #file(bucket: string, key: string): Promise<Found> {
    const file = await this.#existing(bucket, key);
    if (!file.isFile) throw missing(`${bucket}/${key}`);
    return file;
  }

  async #existing(bucket: string, key: string): Promise<Found> {
    const file = key === '' ? bucketPath(this.#root, bucket) : filePath(this.#root, bucket, key);
    try {
      const real = await this.#real(bucket, file);
      const stats = await stat(real);
      return {
        file: real,
        isFile: stats.isFile(),
        size: stats.size,
        modifiedAt: Math.round(stats.mtimeMs),
      };
    } catch (error) {
      throw translated(error, key === '' ? `bucket ${bucket}` : `${bucket}/${key}`);
    }
  }

  /** The file that a key leads to. Throws forbidden where a link leads out of the bucket: what is there is not an object of it. */
  async #real(bucket: string, file: string): Promise<string> {
    const real = await realFile(this.#root, bucket, file);
    if (real === undefined) throw new MlopsError('forbidden', `${file} leads out of the bucket ${bucket}.`);
    return real;
  }
}

/** A file or folder of a bucket at this moment. */
interface Found {
  /** Its real path, links followed. */
  readonly file: string;
  readonly isFile: boolean;
  readonly size: number;
  readonly modifiedAt: number;
}

function byUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function missing(what: string): MlopsError {
  return new MlopsError('notFound', `There is no ${what} on this machine.`);
}

function translated(error: unknown, what: string): MlopsError {
  if (error instanceof MlopsError) return error;
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return missing(what);
  if (code === 'ENAMETOOLONG' || code === 'ERR_INVALID_ARG_VALUE')
    return new MlopsError('invalid', `${what} is not a possible key.`);
  if (code === 'EACCES' || code === 'EPERM')
    return new MlopsError('forbidden', `${what} may not be read.`, { cause: error });
  return new MlopsError('internal', `${what}:`, { outside: messageOf(error), cause: error });
}
