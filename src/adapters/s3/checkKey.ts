import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectName } from '../../core/ports/objectWrites.ts';
import { asName } from '../../core/text/literal.ts';
import { isAltered, isBucketName, noObject, noSuchKey } from './keys.ts';
import { listingQuery, readListing } from './listing.ts';
import type { S3Requests } from './requests.ts';

/** Throws MlopsError invalid for what no bucket is called. */
export function checkBucket(bucket: string): void {
  if (!isBucketName(bucket))
    throw new MlopsError('invalid', `${asName(bucket)} cannot be the name of a bucket.`);
}

/**
 * Throws MlopsError where there can be no such object. Some servers read a key with `//` or `..` as another one, so such
 * a key counts only where a listing has it as it is.
 */
export async function checkKey(requests: S3Requests, name: ObjectName, signal: AbortSignal): Promise<void> {
  if (!(await isThere(requests, name, signal))) throw noSuchKey(name.bucket, name.key, requests.name);
}

/**
 * Throws MlopsError invalid for a key that is not to be written: on some servers `a//b` would replace `a/b`. One that is
 * there already, as a listing has it, may be replaced.
 */
export async function checkNewKey(
  requests: S3Requests,
  name: ObjectName,
  signal: AbortSignal,
): Promise<void> {
  if (await isThere(requests, name, signal)) return;
  throw new MlopsError('invalid', `${asName(name.key)} is another key on some servers.`, {
    hint: 'Use a key without "//", "." and ".." as parts of it.',
  });
}

/** False only for a key that some servers alter, and that is not there. */
export async function isThere(
  requests: S3Requests,
  { bucket, key }: ObjectName,
  signal: AbortSignal,
): Promise<boolean> {
  checkBucket(bucket);
  if (key === '') throw noObject();
  if (!isAltered(key)) return true;
  const query = listingQuery(key, { deep: true, size: 1 });
  const { entries } = readListing(await requests.text({ method: 'GET', bucket, query }, signal));
  return entries[0]?.key === key;
}
