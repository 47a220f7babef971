import type { IncompleteUpload } from '../../core/ports/objectWrites.ts';
import { encoded, keysIn, nextKeyIn } from './listing.ts';
import type { S3Requests } from './requests.ts';
import { elements, textOf } from './xml.ts';

/** A part that a server has. */
export interface KeptPart {
  readonly size: number;
  readonly etag: string;
}

/** Most pages of a list of uploads or parts that are read. */
const mostPages = 100;

/** The parts of an upload by number. Throws MlopsError notFound where there is no such upload any more. */
export async function partsOf(
  requests: S3Requests,
  { id, bucket, key }: IncompleteUpload,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, KeptPart>> {
  const parts = new Map<number, KeptPart>();
  let marker: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const after = marker === undefined ? '' : `&part-number-marker=${encoded(marker)}`;
    const query = `uploadId=${encoded(id)}${after}`;
    const xml = await requests.text({ method: 'GET', bucket, key, query }, signal);
    for (const part of elements(xml, 'Part'))
      parts.set(Number(textOf(part, 'PartNumber')), {
        size: Number(textOf(part, 'Size')),
        etag: textOf(part, 'ETag') ?? '',
      });
    const next = textOf(xml, 'IsTruncated') === 'true' ? textOf(xml, 'NextPartNumberMarker') : undefined;
    if (next === undefined || next === marker) break;
    marker = next;
  }
  return parts;
}

/** Uploads in parts below a prefix that were begun and not completed; at most 100 pages of the server's. */
export async function incompleteUploads(
  requests: S3Requests,
  bucket: string,
  prefix: string,
  signal: AbortSignal,
): Promise<readonly IncompleteUpload[]> {
  const found: IncompleteUpload[] = [];
  let after = '';
  for (let page = 0; page < mostPages; page += 1) {
    const query = `encoding-type=url&${after}prefix=${encoded(prefix)}&uploads=`;
    const xml = await requests.text({ method: 'GET', bucket, query }, signal);
    const plain = keysIn(xml);
    const uploads = elements(xml, 'Upload').map((item) => uploadIn(item, bucket, plain));
    found.push(...uploads);
    const keys = uploads.map(({ key }) => key);
    const marker = textOf(xml, 'IsTruncated') === 'true' ? nextKeyIn(xml, keys) : undefined;
    if (marker === undefined) break;
    const id = textOf(xml, 'NextUploadIdMarker') ?? '';
    const next = `key-marker=${encoded(marker)}&upload-id-marker=${encoded(id)}&`;
    if (next === after) break;
    after = next;
  }
  return found;
}

function uploadIn(xml: string, bucket: string, plain: (text: string) => string): IncompleteUpload {
  const startedAt = Date.parse(textOf(xml, 'Initiated') ?? '');
  return {
    ...{ bucket, key: plain(textOf(xml, 'Key') ?? ''), id: textOf(xml, 'UploadId') ?? '' },
    ...(Number.isNaN(startedAt) ? {} : { startedAt }),
  };
}
