import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { MlopsError } from '../../core/ports/mlopsError.ts';

/** The folder of a bucket. Throws invalid for a name that is not one folder name. */
export function bucketPath(root: string, bucket: string): string {
  if (bucket === '' || bucket.startsWith('.') || /[/\\\0]/.test(bucket)) {
    throw new MlopsError('invalid', `${JSON.stringify(bucket)} is not a bucket's name.`);
  }
  return path.join(root, bucket);
}

/** The file of a key. Throws invalid for a key that leaves the bucket or that a folder cannot hold. */
export function filePath(root: string, bucket: string, key: string): string {
  const folder = bucketPath(root, bucket);
  const parts = key.replace(/\/$/, '').split('/');
  const isRoot = key === '';
  if (
    !isRoot &&
    parts.some(
      (part) => part === '' || part === '.' || part === '..' || /[\0]/.test(part) || hasBackslash(part),
    )
  ) {
    throw new MlopsError('invalid', `${JSON.stringify(key)} is not a key in the bucket ${bucket}.`);
  }
  return path.join(folder, ...parts);
}

/** On Windows a backslash separates folders; elsewhere it is an ordinary character. */
function hasBackslash(part: string): boolean {
  return path.sep === '\\' && part.includes('\\');
}

/**
 * The real path of a file in a bucket, links followed; undefined when that is outside the bucket, or when the bucket
 * itself is a link out of the store. Rejects when one of them does not exist.
 */
export async function realFile(root: string, bucket: string, file: string): Promise<string | undefined> {
  const [store, folder, real] = await Promise.all([
    realpath(root),
    realpath(bucketPath(root, bucket)),
    realpath(file),
  ]);
  if (!folder.startsWith(store + path.sep)) return undefined;
  return real === folder || real.startsWith(folder + path.sep) ? real : undefined;
}
