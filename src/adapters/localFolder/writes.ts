import { constants } from 'node:fs';
import { copyFile, mkdir, rmdir, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { ObjectStat } from '../../core/domain/storedObject.ts';
import { errorCode, MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { NotDeleted, ObjectName, ObjectWrites, PutOptions } from '../../core/ports/objectWrites.ts';
import { changed, existing, existingFile, missing, translated } from './existing.ts';
import { bucketPath, filePath } from './keys.ts';
import { store } from './store.ts';
import { writeSource } from './writeSource.ts';

/** Changes in a folder whose subfolders are buckets. It keeps the bytes alone: no content type, metadata or tags. */
export function folderWrites(root: string): ObjectWrites {
  return {
    createBucket: (name, signal) => createBucket(root, name, signal),
    deleteBucket: (name, signal) => deleteBucket(root, name, signal),
    put: async (to, source, options, signal) => {
      throwIfAborted(signal);
      await existing(root, to.bucket, '');
      const write = (file: string) => writeSource(file, source, options.onProgress, signal);
      return store(root, to, { ...options, write }, signal);
    },
    copy: (from, to, options, signal) => copy(root, { from, to }, options, signal),
    delete: (bucket, keys, signal) => deleteAll(root, bucket, keys, signal),
  };
}

async function createBucket(root: string, name: string, signal: AbortSignal): Promise<void> {
  throwIfAborted(signal);
  const folder = bucketPath(root, name);
  try {
    await mkdir(root, { recursive: true });
    await mkdir(folder);
  } catch (error) {
    if (errorCode(error) === 'EEXIST')
      throw new MlopsError('conflict', `There is a bucket ${name} on this machine already.`, {
        hint: 'Choose another name.',
      });
    throw translated(error, `bucket ${name}`);
  }
}

async function deleteBucket(root: string, name: string, signal: AbortSignal): Promise<void> {
  throwIfAborted(signal);
  const { isFile } = await existing(root, name, '');
  if (isFile) throw missing(`bucket ${name}`);
  await rmdir(bucketPath(root, name)).catch((error: unknown) => {
    const code = errorCode(error);
    if (code === 'ENOTEMPTY' || code === 'EEXIST')
      throw new MlopsError('conflict', `The bucket ${name} on this machine is not empty.`, {
        hint: 'Delete its objects first.',
      });
    throw translated(error, `bucket ${name}`);
  });
}

async function copy(
  root: string,
  { from, to }: { readonly from: ObjectName; readonly to: ObjectName },
  options: Pick<PutOptions, 'ifAbsent' | 'onProgress'>,
  signal: AbortSignal,
): Promise<ObjectStat> {
  throwIfAborted(signal);
  const source = await existingFile(root, from.bucket, from.key);
  await existing(root, to.bucket, '');
  if (filePath(root, from.bucket, from.key) === filePath(root, to.bucket, to.key))
    throw new MlopsError('invalid', `${to.bucket}/${to.key} would be copied to itself.`);
  const write = async (file: string) => {
    await copyFile(source.file, file, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    const { etag } = await existingFile(root, from.bucket, from.key);
    if (etag !== source.etag) throw changed(from.bucket, from.key);
  };
  const stat = await store(root, to, { ...options, write }, signal);
  if (stat.size !== source.size) throw changed(to.bucket, to.key);
  options.onProgress?.(source.size, source.size);
  return stat;
}

async function deleteAll(
  root: string,
  bucket: string,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<readonly NotDeleted[]> {
  await existing(root, bucket, '');
  const remaining: NotDeleted[] = [];
  for (const key of keys) {
    throwIfAborted(signal);
    try {
      await deleteFile(root, bucket, key);
    } catch (error) {
      const { kind, message } = translated(error, `${bucket}/${key}`);
      if (kind !== 'notFound') remaining.push({ key, reason: message });
    }
  }
  return remaining;
}

/** A link is deleted, not what it leads to. Folders that are left empty go, too: a store has no empty prefixes. */
async function deleteFile(root: string, bucket: string, key: string): Promise<void> {
  await existingFile(root, bucket, key);
  const file = filePath(root, bucket, key);
  await unlink(file);
  const top = bucketPath(root, bucket);
  let folder = path.dirname(file);
  while (folder !== top && (await removed(folder))) folder = path.dirname(folder);
}

async function removed(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}
