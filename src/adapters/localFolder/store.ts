import { randomUUID } from 'node:crypto';
import { link, lstat, mkdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { ObjectStat } from '../../core/domain/storedObject.ts';
import { errorCode, MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { ObjectName, PutOptions } from '../../core/ports/objectWrites.ts';
import { changed, existing, existingFile, realIn, translated } from './existing.ts';
import { bucketPath, filePath } from './keys.ts';

/** Where files are written before they are objects: no bucket begins with a dot. */
const unfinished = '.unfinished';

interface Storing extends Pick<PutOptions, 'ifMatch' | 'ifAbsent'> {
  /** Writes the whole file, which is not there yet. */
  readonly write: (file: string) => Promise<void>;
}

/** Stores an object at once or not at all: it is written beside the buckets and renamed. */
export async function store(
  root: string,
  to: ObjectName,
  storing: Storing,
  signal: AbortSignal,
): Promise<ObjectStat> {
  const { bucket, key } = to;
  if (key === '' || key.endsWith('/'))
    throw new MlopsError('invalid', `${JSON.stringify(key)} is not a key.`);
  const file = filePath(root, bucket, key);
  await checkState(root, to, storing);
  const beside = path.join(root, unfinished);
  const written = path.join(beside, randomUUID());
  try {
    await mkdir(beside, { recursive: true });
    await storing.write(written);
    throwIfAborted(signal);
    await makeFolder(root, bucket, path.dirname(file));
    await checkState(root, to, storing);
    await (storing.ifAbsent ? renameToNew(written, file, to) : rename(written, file));
  } catch (error) {
    throw refused(error, to);
  } finally {
    await rm(written, { force: true });
    await rmdir(beside).catch(() => undefined); // another one is written
  }
  const { size, modifiedAt, etag } = await existingFile(root, bucket, key);
  return { bucket, key, size, modifiedAt, etag };
}

/** Throws conflict where the object is not as it is expected to be, forbidden where a link leads out of the bucket. */
async function checkState(
  root: string,
  { bucket, key }: ObjectName,
  { ifMatch, ifAbsent }: Storing,
): Promise<void> {
  const there = await existing(root, bucket, key).catch((error: unknown) => {
    if (error instanceof MlopsError && error.kind === 'notFound') return undefined;
    throw error;
  });
  if (there !== undefined && !there.isFile)
    throw new MlopsError('invalid', `${bucket}/${key} is a folder on this machine.`);
  if (ifAbsent && there !== undefined) throw taken({ bucket, key });
  if (ifMatch !== undefined && there?.etag !== ifMatch) throw changed(bucket, key);
}

/** Throws forbidden where a link on the way leads out of the bucket: nothing is made there. */
async function makeFolder(root: string, bucket: string, folder: string): Promise<void> {
  let there = folder;
  const top = bucketPath(root, bucket);
  while (there !== top && !(await isThere(there))) there = path.dirname(there);
  const real = await realIn(root, bucket, there);
  await mkdir(path.join(real, path.relative(there, folder)), { recursive: true });
}

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

/** A rename would replace what came meanwhile; a second name for the file does not. */
async function renameToNew(written: string, file: string, to: ObjectName): Promise<void> {
  await link(written, file).catch(async (error: unknown) => {
    if (errorCode(error) === 'EEXIST') throw taken(to);
    await rename(written, file); // a file system without a second name for a file
  });
}

function taken({ bucket, key }: ObjectName): MlopsError {
  return new MlopsError('conflict', `There is an object ${bucket}/${key} on this machine already.`);
}

/** A file where a folder would have to be, or the other way round. */
function refused(error: unknown, { bucket, key }: ObjectName): MlopsError {
  const code = errorCode(error);
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return new MlopsError(
      'invalid',
      `A part of ${bucket}/${key} is an object, and can be no folder on this machine.`,
    );
  return translated(error, `${bucket}/${key}`);
}
