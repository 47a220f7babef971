import type { IncomingHttpHeaders } from 'node:http';
import { MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import { asName } from '../../core/text/literal.ts';
import { bareTag, composedTag, isMd5, isSameTag } from './checksums.ts';
import { type Copying, copySilenceMs, isEncrypted, notTheSame, sourceHeaders } from './copying.ts';
import { decodedValue, encodedValue, objectHeaders, statOf } from './metadata.ts';
import type { S3Requests } from './requests.ts';
import { head } from './stat.ts';
import { getTags, setTags, type Tags, tagsHeader } from './tags.ts';
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

/** A copy that is made in parts. */
interface CopyingParts extends Copying {
  /** In bytes. */
  readonly size: number;
  readonly partSize: number;
}

/**
 * Copies in parts, one after the other, with headers of its own for each part: the library sends the last range for all.
 * A copy that fails is given up. Returns the ETag that the server says the copy has.
 */
export async function copyParts(
  requests: S3Requests,
  copying: CopyingParts,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { to, source } = copying;
  const tags = await tagsOf(requests, copying, signal);
  const isTagged = Object.keys(tags).length > 0;
  const headers = { ...headersOf(source), ...(isTagged ? { 'x-amz-tagging': tagsHeader(tags) } : {}) };
  const upload = await beginUpload(requests, to, headers, signal);
  let etag: string | undefined;
  try {
    etag = await copyInto(requests, upload, copying, signal);
  } catch (error) {
    const rest = AbortSignal.timeout(10_000);
    await abandonUpload(requests, upload, rest).catch(() => undefined);
    if (error instanceof MlopsError && error.kind === 'invalid') await checkSource(requests, copying, rest);
    throw error;
  }
  // Ceph takes no tags for an upload in parts.
  if (isTagged && Object.keys(await getTags(requests, to, signal)).length === 0)
    await setTags(requests, to, tags, signal);
  return etag;
}

async function copyInto(
  requests: S3Requests,
  upload: Upload,
  copying: CopyingParts,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { to, source, options } = copying;
  const etags = await parts(requests, copying, upload, signal);
  // Not every server heeds which state of the source is meant.
  await checkSource(requests, copying, signal);
  const absent = options.ifAbsent ? { 'if-none-match': '*' } : {};
  const etag = await completeUpload(requests, upload, etags, absent, signal);
  const isComparable = !isEncrypted(source) && etag !== undefined && etags.every(isMd5);
  const wanted = composedTag(etags.map((part) => Buffer.from(bareTag(part), 'hex')));
  if (isComparable && !isSameTag(etag, wanted)) throw notTheSame(requests.name, to);
  return etag;
}

/** Throws MlopsError conflict where the source is no longer what it was. */
async function checkSource(
  requests: S3Requests,
  { from, source }: Copying,
  signal: AbortSignal,
): Promise<void> {
  const { etag } = await head(requests, from, signal);
  if (isSameTag(etag, source.etag)) return;
  throw new MlopsError(
    'conflict',
    `${asName(`${from.bucket}/${from.key}`)} on ${asName(requests.name)} was changed while it was copied.`,
    { hint: 'Copy it again.' },
  );
}

async function parts(
  requests: S3Requests,
  { from, source, size, partSize, options }: CopyingParts,
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

/** A server without tags has none to take along. */
async function tagsOf(requests: S3Requests, { from }: Copying, signal: AbortSignal): Promise<Tags> {
  return getTags(requests, from, signal).catch((error: unknown) => {
    if (error instanceof MlopsError && error.kind === 'unsupported') return {};
    throw error;
  });
}
