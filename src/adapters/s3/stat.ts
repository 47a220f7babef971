import type { IncomingHttpHeaders } from 'node:http';
import type { ObjectStat } from '../../core/domain/storedObject.ts';
import type { ObjectName } from '../../core/ports/objectWrites.ts';
import { encoded } from './listing.ts';
import { statOf } from './metadata.ts';
import type { S3Requests } from './requests.ts';

/** The headers of an object, of its latest version or of one that is named. Throws MlopsError notFound where there is none. */
export async function head(
  requests: S3Requests,
  { bucket, key, version }: ObjectName & { readonly version?: string | undefined },
  signal: AbortSignal,
): Promise<IncomingHttpHeaders> {
  const query = versionQuery(version);
  const { headers, body } = await requests.send({ method: 'HEAD', bucket, key, query }, signal);
  body.destroy();
  return headers;
}

/** What the headers of an object say of it. */
export function statIn({ bucket, key }: ObjectName, headers: IncomingHttpHeaders): ObjectStat {
  return { bucket, key, ...statOf(headers) };
}

/** The query that names a version; empty for the latest. */
export function versionQuery(version: string | undefined): string {
  return version === undefined ? '' : `versionId=${encoded(version)}`;
}
