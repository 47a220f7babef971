import type { IncomingHttpHeaders } from 'node:http';
import { MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import { bareTag, composedTag, isMd5, isSameTag } from './checksums.ts';
import { type Copying, copySilenceMs, isEncrypted, notTheSame, sourceHeaders } from './copying.ts';
import { decodedValue, encodedValue, objectHeaders, statOf } from './metadata.ts';
import type { S3Requests } from './requests.ts';
import { getTags, tagsHeader } from './tags.ts';
import { abandonUpload, beginUpload, completeUpload, partQuery, type Upload } from './uploadSteps.ts';
import { textOf } from './xml.ts';

/** The headers of an object that a copy in parts has to be given anew. */
const kept = new Set([
  'content-type',
  'content-encoding',
  'content-language',
  'content-disposition',
  'cache-control',
  'expires',
]);

/**
 * Copies in parts, one after the other, with headers of its own for each part: the library sends the last range for all.
 * A copy that fails is given up. Returns the ETag that the server says the copy has.
 */
export async function copyParts(
  requests: S3Requests,
  copying: Copying & { readonly size: number; readonly partSize: number },
  signal: AbortSignal,
): Promise<string | undefined> {
  const { to, source, options } = copying;
  const tags = await tagsOf(requests, copying, signal);
  const upload = await beginUpload(requests, to, { ...headersOf(source), ...tags }, signal);
  try {
    const etags = await parts(requests, copying, upload, signal);
    const absent = options.ifAbsent ? { 'if-none-match': '*' } : {};
    const etag = await completeUpload(requests, upload, etags, absent, signal);
    const isComparable = !isEncrypted(source) && etag !== undefined && etags.every(isMd5);
    const wanted = composedTag(etags.map((part) => Buffer.from(bareTag(part), 'hex')));
    if (isComparable && !isSameTag(etag, wanted)) throw notTheSame(requests.name, to);
    return etag;
  } catch (error) {
    await abandonUpload(requests, upload, AbortSignal.timeout(10_000)).catch(() => undefined);
    throw error;
  }
}

async function parts(
  requests: S3Requests,
  { from, source, size, partSize, options }: Parameters<typeof copyParts>[1],
  upload: Upload,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const etags: string[] = [];
  const { bucket, key } = upload;
  for (let start = 0; start < size; start += partSize) {
    throwIfAborted(signal);
    const end = Math.min(start + partSize, size);
    const headers = {
      ...sourceHeaders(from, source),
      'x-amz-copy-source-range': `bytes=${start}-${end - 1}`,
    };
    const query = partQuery(upload, etags.length + 1);
    const request = { method: 'PUT', bucket, key, query, headers, silenceMs: copySilenceMs } as const;
    const etag = textOf(await requests.text(request, signal), 'ETag');
    if (etag === undefined)
      throw new MlopsError('internal', `${requests.name} copied a part without an ETag.`);
    etags.push(etag);
    options.onProgress?.(end, size);
  }
  return etags;
}

function headersOf(source: IncomingHttpHeaders): { readonly [name: string]: string } {
  const known = Object.entries(source).flatMap(([name, value]) =>
    kept.has(name) && typeof value === 'string' ? [[name, encodedValue(decodedValue(value))] as const] : [],
  );
  const { metadata = {} } = statOf(source);
  return { ...Object.fromEntries(known), ...objectHeaders({ metadata }) };
}

/** The tags as a header. A server without tags has none to take along. */
async function tagsOf(
  requests: S3Requests,
  { from }: Copying,
  signal: AbortSignal,
): Promise<{ readonly [name: string]: string }> {
  const tags = await getTags(requests, from, signal).catch((error: unknown) => {
    if (error instanceof MlopsError && error.kind === 'unsupported') return {};
    throw error;
  });
  return Object.keys(tags).length === 0 ? {} : { 'x-amz-tagging': tagsHeader(tags) };
}
