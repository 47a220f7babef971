import { MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { NotDeleted } from '../../core/ports/objectWrites.ts';
import { isAltered, noObject } from './keys.ts';
import { checkBucket, isThere } from './checkKey.ts';
import { md5Header } from './checksums.ts';
import { repeated } from './repeated.ts';
import type { S3Requests } from './requests.ts';
import { elements, escaped, fitsXml, textOf } from './xml.ts';

/** Most keys of one request. */
const mostKeys = 1000;

/**
 * Deletes objects, a thousand at a time; older versions stay. Returns those that remain, with the reason in words for people.
 * What some servers read as another key is deleted only where a listing has it as it is.
 */
export async function deleteObjects(
  requests: S3Requests,
  bucket: string,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<readonly NotDeleted[]> {
  checkBucket(bucket);
  if (keys.includes('')) throw noObject();
  const remaining: NotDeleted[] = [];
  const alone = keys.filter((key) => !fitsXml(key));
  const altered = keys.filter((key) => fitsXml(key) && isAltered(key));
  const rest = keys.filter((key) => fitsXml(key) && !isAltered(key));
  for (const key of altered) if (await isThere(requests, { bucket, key }, signal)) rest.push(key);
  for (let start = 0; start < rest.length; start += mostKeys) {
    throwIfAborted(signal);
    remaining.push(...(await deleteSome(requests, bucket, rest.slice(start, start + mostKeys), signal)));
  }
  for (const key of alone) remaining.push(...(await deleteOne(requests, bucket, key, signal)));
  return remaining;
}

async function deleteSome(
  requests: S3Requests,
  bucket: string,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<readonly NotDeleted[]> {
  const objects = keys.map((key) => `<Object><Key>${escaped(key)}</Key></Object>`);
  const body = Buffer.from(`<Delete><Quiet>true</Quiet>${objects.join('')}</Delete>`);
  const request = { method: 'POST', bucket, query: 'delete=', body, headers: md5Header(body) } as const;
  // What is deleted already counts as deleted, so that it can be asked for again.
  const xml = await repeated(requests.bounds.pauses, signal, () => requests.text(request, signal));
  return elements(xml, 'Error').flatMap((item) => {
    const code = textOf(item, 'Code') ?? '';
    const key = textOf(item, 'Key') ?? '';
    if (code === 'NoSuchKey') return [];
    return [
      { key, reason: requests.refusal({ bucket, key, status: 200, text: `<Error>${item}</Error>` }).message },
    ];
  });
}

/** A key with a character that XML cannot hold goes in the address. */
async function deleteOne(
  requests: S3Requests,
  bucket: string,
  key: string,
  signal: AbortSignal,
): Promise<readonly NotDeleted[]> {
  if (!(await isThere(requests, { bucket, key }, signal))) return [];
  try {
    const request = { method: 'DELETE', bucket, key, expected: [200, 204] } as const;
    await repeated(requests.bounds.pauses, signal, () => requests.text(request, signal));
    return [];
  } catch (error) {
    if (!(error instanceof MlopsError) || error.kind === 'cancelled') throw error;
    return error.kind === 'notFound' ? [] : [{ key, reason: error.message }];
  }
}
