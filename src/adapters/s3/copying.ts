import type { IncomingHttpHeaders } from 'node:http';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectName, PutOptions } from '../../core/ports/objectWrites.ts';
import { asName } from '../../core/text/literal.ts';
import { encoded } from './listing.ts';

/** What is copied: an object, or a version of it. */
export type CopySource = ObjectName & { readonly version?: string | undefined };

/** A copy of one state of its source. */
export interface Copying {
  readonly from: CopySource;
  readonly to: ObjectName;
  /** The headers of the source. */
  readonly source: IncomingHttpHeaders;
  readonly options: Pick<PutOptions, 'ifAbsent' | 'onProgress'>;
}

/** Most milliseconds that a server may copy without a word. */
export const copySilenceMs = 600_000;

/** Where a server is to copy from, and that only this state of it counts. */
export function sourceHeaders(
  { bucket, key, version }: CopySource,
  source: IncomingHttpHeaders,
): { readonly [name: string]: string } {
  const path = `/${bucket}/${key.split('/').map(encoded).join('/')}`;
  return {
    'x-amz-copy-source': version === undefined ? path : `${path}?versionId=${encoded(version)}`,
    ...(source.etag === undefined ? {} : { 'x-amz-copy-source-if-match': source.etag }),
  };
}

/** True where ETags are no checksums: a server that encrypts makes others. */
export function isEncrypted(headers: IncomingHttpHeaders): boolean {
  return headers['x-amz-server-side-encryption'] !== undefined;
}

/** A copy that is not what it was made of. */
export function notTheSame(connection: string, { bucket, key }: ObjectName): MlopsError {
  return new MlopsError(
    'internal',
    `${asName(connection)} made a copy that is not the same: ${asName(`${bucket}/${key}`)}.`,
    { hint: 'Delete it and copy again.' },
  );
}
