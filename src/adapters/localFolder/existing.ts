import { stat } from 'node:fs/promises';
import { errorCode, messageOf, MlopsError } from '../../core/ports/mlopsError.ts';
import { bucketPath, filePath, realFile } from './keys.ts';

/** A file or folder of a bucket at this moment. */
export interface Found {
  /** Its real path, links followed. */
  readonly file: string;
  readonly isFile: boolean;
  /** In bytes. */
  readonly size: number;
  readonly modifiedAt: number;
  /** Changes with the time of the file, which systems keep in parts of a millisecond, and its size. */
  readonly etag: string;
}

/** What a key leads to; the bucket itself for an empty one. Throws MlopsError notFound, and forbidden where a link leads out. */
export async function existing(root: string, bucket: string, key: string): Promise<Found> {
  const file = key === '' ? bucketPath(root, bucket) : filePath(root, bucket, key);
  try {
    const real = await realIn(root, bucket, file);
    const stats = await stat(real, { bigint: true });
    return {
      file: real,
      isFile: stats.isFile(),
      size: Number(stats.size),
      modifiedAt: Math.round(Number(stats.mtimeNs) / 1_000_000),
      etag: `"${stats.mtimeNs.toString(16)}-${stats.size.toString(16)}"`,
    };
  } catch (error) {
    throw translated(error, key === '' ? `bucket ${bucket}` : `${bucket}/${key}`);
  }
}

/** The object of a key. Throws MlopsError notFound, also for a folder. */
export async function existingFile(root: string, bucket: string, key: string): Promise<Found> {
  const found = await existing(root, bucket, key);
  if (!found.isFile) throw missing(`${bucket}/${key}`);
  return found;
}

/** The file that a key leads to. Throws forbidden where a link leads out of the bucket: what is there is not an object of it. */
export async function realIn(root: string, bucket: string, file: string): Promise<string> {
  const real = await realFile(root, bucket, file);
  if (real === undefined) throw new MlopsError('forbidden', `${file} leads out of the bucket ${bucket}.`);
  return real;
}

export function missing(what: string): MlopsError {
  return new MlopsError('notFound', `There is no ${what} on this machine.`);
}

/** An object that is not in the state that was asked for. */
export function changed(bucket: string, key: string): MlopsError {
  return new MlopsError('conflict', `${bucket}/${key} was changed in the meantime.`, {
    hint: 'Look at it again.',
  });
}

/** An error of the file system, as one of the port. */
export function translated(error: unknown, what: string): MlopsError {
  if (error instanceof MlopsError) return error;
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return missing(what);
  if (code === 'ENAMETOOLONG' || code === 'ERR_INVALID_ARG_VALUE')
    return new MlopsError('invalid', `${what} is not a possible key.`);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new MlopsError('forbidden', `${what} may not be read or changed.`, { cause: error });
  if (code === 'ENOSPC')
    return new MlopsError('internal', `There is no room left for ${what}.`, { cause: error });
  return new MlopsError('internal', `${what}:`, { outside: messageOf(error), cause: error });
}
