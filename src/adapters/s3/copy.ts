import type { IncomingHttpHeaders } from 'node:http';
import type { ObjectStat } from '../../core/domain/storedObject.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectName } from '../../core/ports/objectWrites.ts';
import { asName } from '../../core/text/literal.ts';
import { checkKey, checkNewKey } from './checkKey.ts';
import { isMd5, isSameTag } from './checksums.ts';
import { type Copying, copySilenceMs, isEncrypted, notTheSame, sourceHeaders } from './copying.ts';
import { copyParts } from './copyParts.ts';
import { repeated } from './repeated.ts';
import type { S3Requests } from './requests.ts';
import { head, statIn } from './stat.ts';
import { textOf } from './xml.ts';

/** Where a copy is in parts, in bytes. */
export interface CopyBounds {
  /** Larger objects are copied in parts; servers copy at most 5 GiB at once. */
  readonly atOnce: number;
  /** The size of a part but the last; servers want at least 5 MiB and at most 10,000 parts. */
  readonly part: number;
}

export const copyBounds: CopyBounds = { atOnce: 5 * 1024 ** 3, part: 1024 ** 3 };

/**
 * Copies an object within the server, with its metadata and tags. The source must not change on the way; size and ETag of the
 * copy are compared with it afterwards. Throws MlopsError conflict where the source changed, or where `ifAbsent` and the
 * target is there: servers that do not look at it themselves are asked before.
 */
export async function copyObject(
  requests: S3Requests,
  { from, to, options }: Omit<Copying, 'source'>,
  signal: AbortSignal,
  bounds: CopyBounds = copyBounds,
): Promise<ObjectStat> {
  if (from.version === undefined) await checkKey(requests, from, signal);
  await checkNewKey(requests, to, signal);
  if (from.version === undefined && from.bucket === to.bucket && from.key === to.key)
    throw new MlopsError('invalid', `${asName(to.key)} would be copied to itself.`);
  const source = await head(requests, from, signal);
  if (options.ifAbsent) await checkAbsent(requests, to, signal);
  const copying = { from, to, source, options };
  const size = Number(source['content-length'] ?? 0);
  const etag =
    size > bounds.atOnce
      ? await copyParts(requests, { ...copying, size, partSize: bounds.part }, signal)
      : await copyAtOnce(requests, copying, signal);
  const copied = await head(requests, to, signal);
  checkCopy(requests.name, copying, { copied, etag });
  options.onProgress?.(size, size);
  return statIn(to, copied);
}

/** The ETag that the server says the copy has; undefined where it says none. */
async function copyAtOnce(
  requests: S3Requests,
  { from, to, source, options }: Copying,
  signal: AbortSignal,
): Promise<string | undefined> {
  const headers = {
    ...sourceHeaders(from, source),
    'x-amz-metadata-directive': 'COPY',
    'x-amz-tagging-directive': 'COPY',
    ...(options.ifAbsent ? { 'if-none-match': '*' } : {}),
  };
  const request = { method: 'PUT', ...to, headers, silenceMs: copySilenceMs } as const;
  // A copy of the same state may be made twice; not where the first one would be in the way.
  const pauses = options.ifAbsent ? [] : requests.bounds.pauses;
  const etag = textOf(await repeated(pauses, signal, () => requests.text(request, signal)), 'ETag');
  if (!isEncrypted(source) && isMd5(source.etag) && isMd5(etag) && !isSameTag(source.etag, etag))
    throw notTheSame(requests.name, to);
  return etag;
}

async function checkAbsent(requests: S3Requests, to: ObjectName, signal: AbortSignal): Promise<void> {
  const { status, body } = await requests.send({ method: 'HEAD', ...to, expected: [200, 404] }, signal);
  body.destroy();
  if (status === 200)
    throw new MlopsError(
      'conflict',
      `There is an object ${asName(`${to.bucket}/${to.key}`)} on ${asName(requests.name)} already.`,
    );
}

function checkCopy(
  connection: string,
  { to, source }: Copying,
  { copied, etag }: { readonly copied: IncomingHttpHeaders; readonly etag: string | undefined },
): void {
  if (etag !== undefined && !isSameTag(etag, copied.etag))
    throw new MlopsError(
      'conflict',
      `${asName(`${to.bucket}/${to.key}`)} on ${asName(connection)} was changed while it was copied.`,
      { hint: 'Look at what is there now, and copy again if it is not what you want.' },
    );
  if (copied['content-length'] !== source['content-length']) throw notTheSame(connection, to);
}
