import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectName, PutOptions } from '../../core/ports/objectWrites.ts';
import { asName } from '../../core/text/literal.ts';
import { bareTag, isSameTag } from './checksums.ts';
import { headIfThere } from './headIfThere.ts';
import type { S3Requests } from './requests.ts';

/** What has to hold of the object that is replaced. */
export type Condition = Pick<PutOptions, 'ifMatch' | 'ifAbsent'>;

type Headers = { readonly [name: string]: string };

/**
 * Stores something where a condition holds: looked at before, for servers that do not know conditions, and left to the
 * server, for changes in between. Throws MlopsError conflict.
 */
export async function storeIf<T>(
  requests: S3Requests,
  to: ObjectName,
  condition: Condition,
  signal: AbortSignal,
  store: (headers: Headers) => Promise<T>,
): Promise<T> {
  const { ifMatch, ifAbsent = false } = condition;
  if (ifMatch === undefined && !ifAbsent) return store({});
  await checkNow(requests, to, condition, signal);
  if (ifMatch === undefined) return store({ 'if-none-match': '*' });
  try {
    return await store({ 'if-match': ifMatch });
  } catch (error) {
    if (!isConflict(error) || bareTag(ifMatch) === ifMatch) throw error;
    // Ceph takes the quotes for a part of the ETag.
    await checkNow(requests, to, condition, signal);
    return store({ 'if-match': bareTag(ifMatch) });
  }
}

/** Throws MlopsError conflict where the condition does not hold now. */
export async function checkNow(
  requests: S3Requests,
  to: ObjectName,
  { ifMatch, ifAbsent = false }: Condition,
  signal: AbortSignal,
): Promise<void> {
  if (ifMatch === undefined && !ifAbsent) return;
  const there = await headIfThere(requests, to, signal);
  if (there === 'unseen') return;
  if (ifAbsent && there !== undefined) throw isThere(requests.name, to);
  if (ifMatch !== undefined && !isSameTag(there?.etag, ifMatch)) throw isChanged(requests.name, to);
}

export function isConflict(error: unknown): boolean {
  return error instanceof MlopsError && error.kind === 'conflict';
}

function isThere(connection: string, { bucket, key }: ObjectName): MlopsError {
  return new MlopsError(
    'conflict',
    `There is an object ${asName(`${bucket}/${key}`)} on ${asName(connection)} already.`,
  );
}

function isChanged(connection: string, { bucket, key }: ObjectName): MlopsError {
  return new MlopsError(
    'conflict',
    `${asName(`${bucket}/${key}`)} on ${asName(connection)} was changed or deleted in the meantime.`,
    { hint: 'Look at it again before you store it.' },
  );
}
