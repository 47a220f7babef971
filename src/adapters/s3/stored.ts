import type { ObjectStat } from '../../core/domain/storedObject.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectName } from '../../core/ports/objectWrites.ts';
import { asName } from '../../core/text/literal.ts';
import { statOf } from './metadata.ts';
import { headIfThere } from './headIfThere.ts';
import type { S3Requests } from './requests.ts';

/** What is known of an object that was stored. */
export type Stored = Omit<ObjectStat, 'bucket' | 'key'>;

/** What the server has, compared by its length; where this key may not look, what was sent. Throws MlopsError. */
export async function compareSize(
  requests: S3Requests,
  to: ObjectName,
  size: number,
  signal: AbortSignal,
): Promise<Stored> {
  const headers = await headIfThere(requests, to, signal);
  if (headers === 'unseen') return { size };
  const stored = headers === undefined ? undefined : statOf(headers);
  if (stored?.size !== size) throw storedOtherwise(requests.name, to);
  return stored;
}

/** It may go well the next time. */
export function storedOtherwise(connection: string, { bucket, key }: ObjectName): MlopsError {
  return new MlopsError(
    'unreachable',
    `${asName(connection)} did not store ${asName(`${bucket}/${key}`)} as it was sent.`,
    { hint: 'Upload it again.' },
  );
}
