import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectName } from '../../core/ports/objectWrites.ts';
import { encoded } from './listing.ts';
import type { S3Requests } from './requests.ts';
import { escaped, textOf } from './xml.ts';

/** An upload in parts that was begun. */
export type Upload = ObjectName & { readonly id: string };

/** Most milliseconds that a server may take to put the parts of an object together without a word. */
export const completeSilenceMs = 600_000;

/** Begins an upload in parts. `headers` are those of the object: type, metadata, tags. */
export async function beginUpload(
  requests: S3Requests,
  to: ObjectName,
  headers: { readonly [name: string]: string },
  signal: AbortSignal,
): Promise<Upload> {
  const xml = await requests.text({ method: 'POST', ...to, query: 'uploads=', headers }, signal);
  const id = textOf(xml, 'UploadId');
  if (id === undefined || id === '')
    throw new MlopsError('internal', `${requests.name} began an upload without a name for it.`);
  return { ...to, id };
}

/** The query of one part, from 1 to 10,000. */
export function partQuery({ id }: Upload, part: number): string {
  return `partNumber=${part}&uploadId=${encoded(id)}`;
}

/** Puts the parts together, in the order of their ETags. Returns the ETag of the object where the server says it. */
export async function completeUpload(
  requests: S3Requests,
  { bucket, key, id }: Upload,
  etags: readonly string[],
  headers: { readonly [name: string]: string },
  signal: AbortSignal,
): Promise<string | undefined> {
  const parts = etags.map(
    (etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${escaped(etag)}</ETag></Part>`,
  );
  const body = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
  const query = `uploadId=${encoded(id)}`;
  const request = {
    method: 'POST',
    bucket,
    key,
    query,
    body,
    headers,
    silenceMs: completeSilenceMs,
  } as const;
  const etag = textOf(await requests.text(request, signal), 'ETag');
  return etag === '' ? undefined : etag;
}

/** Gives an upload up and frees its space; one that is gone counts as given up. */
export async function abandonUpload(
  requests: S3Requests,
  { bucket, key, id }: Upload,
  signal: AbortSignal,
): Promise<void> {
  const query = `uploadId=${encoded(id)}`;
  const expected = [200, 204];
  await requests.text({ method: 'DELETE', bucket, key, query, expected }, signal).catch((error: unknown) => {
    if (!(error instanceof MlopsError) || error.kind !== 'notFound') throw error;
  });
}
