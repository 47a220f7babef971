import type { IncomingHttpHeaders } from 'node:http';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectName } from '../../core/ports/objectWrites.ts';
import type { S3Requests } from './requests.ts';
import { head } from './stat.ts';

/** The headers of an object; undefined where there is none. `unseen`: this key may not look. */
export async function headIfThere(
  requests: S3Requests,
  of: ObjectName,
  signal: AbortSignal,
): Promise<IncomingHttpHeaders | 'unseen' | undefined> {
  return head(requests, of, signal).catch((error: unknown) => {
    if (error instanceof MlopsError && error.kind === 'notFound') return undefined;
    if (error instanceof MlopsError && error.kind === 'forbidden') return 'unseen';
    throw error;
  });
}
