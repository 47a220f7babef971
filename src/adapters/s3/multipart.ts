import type { ObjectStat } from '../../core/domain/storedObject.ts';
import { isCancelled, MlopsError } from '../../core/ports/mlopsError.ts';
import type { ByteSource, IncompleteUpload, ObjectName, PutOptions } from '../../core/ports/objectWrites.ts';
import { asName } from '../../core/text/literal.ts';
import { isSameTag, md5In } from './checksums.ts';
import { complete, type SentPart } from './complete.ts';
import { checkNow, storeIf } from './conditions.ts';
import { type KeptPart, partsOf } from './incompleteUploads.ts';
import { inParallel } from './inParallel.ts';
import { objectHeaders } from './metadata.ts';
import { partSizeFor } from './partSize.ts';
import { isCutOff, mayPass, repeated } from './repeated.ts';
import type { S3Requests } from './requests.ts';
import { checkEnd, readPart, type SourcePart } from './sourceParts.ts';
import { abandonUpload, beginUpload, partQuery } from './uploadSteps.ts';

const atOnce = 4;
/** Most bytes of parts that are in memory, but for one part that is larger. */
const mostInMemory = 64 * 1024 * 1024;

interface Transfer {
  readonly upload: IncompleteUpload;
  readonly source: ByteSource;
  /** What an earlier attempt sent. */
  readonly kept: ReadonlyMap<number, KeptPart>;
  readonly onSent: (part: number, bytes: number) => void;
}

/** Stores a large object in parts, several at once, each compared by its MD5. See ObjectWrites.put. */
export async function putInParts(
  requests: S3Requests,
  to: ObjectName,
  source: ByteSource,
  options: PutOptions,
  signal: AbortSignal,
): Promise<ObjectStat> {
  // It is looked at before all is sent, and again where it is completed.
  await checkNow(requests, to, options, signal);
  const { id, kept } = await begun(requests, to, options, signal);
  const upload = { ...to, id };
  options.onUpload?.(id);
  try {
    const parts = await sendParts(
      requests,
      { upload, source, kept, onSent: progress(source.size, options) },
      signal,
    );
    await checkEnd(source, signal);
    const stored = await storeIf(requests, to, options, signal, (headers) =>
      complete(requests, { upload, parts, size: source.size, headers }, signal),
    );
    options.onProgress?.(source.size, source.size);
    return { ...to, ...stored };
  } catch (error) {
    const isResumable = options.onUpload !== undefined && (mayPass(error) || isCancelled(error));
    if (!isResumable) await giveUp(requests, upload);
    throw error;
  }
}

/** The upload that is gone on with, else a new one: no two transfers share one. */
async function begun(
  requests: S3Requests,
  to: ObjectName,
  options: PutOptions,
  signal: AbortSignal,
): Promise<{ readonly id: string; readonly kept: ReadonlyMap<number, KeptPart> }> {
  const headers = objectHeaders(options);
  if (options.resume !== undefined) {
    const kept = await partsOf(requests, { ...to, id: options.resume }, signal).catch((error: unknown) => {
      if (error instanceof MlopsError && error.kind === 'notFound') return undefined;
      throw error;
    });
    if (kept !== undefined) return { id: options.resume, kept };
  }
  const { id } = await beginUpload(requests, to, headers, signal);
  return { id, kept: new Map() };
}

async function sendParts(
  requests: S3Requests,
  transfer: Transfer,
  signal: AbortSignal,
): Promise<readonly SentPart[]> {
  const { source } = transfer;
  const size = partSizeFor(source.size, requests.bounds.part);
  const count = Math.ceil(source.size / size);
  const parts: SentPart[] = [];
  const several = Math.max(1, Math.min(atOnce, Math.floor(mostInMemory / size)));
  await inParallel({ count, atOnce: several }, signal, async (index, either) => {
    const offset = index * size;
    const length = Math.min(size, source.size - offset);
    const part = await readPart(source, { offset, size: length }, requests.sums.sum(length), either);
    parts[index] = await sendPart(requests, { ...transfer, number: index + 1, part }, either);
  });
  return parts;
}

/** Sends one part, and again where that failed in passing; one that the server has already is not sent. */
async function sendPart(
  requests: S3Requests,
  { upload, kept, onSent, number, part }: Transfer & { readonly number: number; readonly part: SourcePart },
  signal: AbortSignal,
): Promise<SentPart> {
  const hex = part.md5.toString('hex');
  const there = kept.get(number);
  if (there?.size === part.size && isSameTag(there.etag, hex)) {
    onSent(number, part.size);
    return { etag: there.etag, md5: part.md5 };
  }
  const query = partQuery(upload, number);
  const { bucket, key } = upload;
  return repeated(requests.bounds.pauses, signal, async (failure) => {
    const body = {
      ...{ pieces: part.pieces, md5: part.md5.toString('base64') },
      onSent: (bytes: number) => onSent(number, bytes),
      isCareful: isCutOff(failure),
    };
    const answer = await requests.send({ method: 'PUT', bucket, key, query, body }, signal);
    answer.body.resume();
    const { etag } = answer.headers;
    const got = md5In(answer.headers);
    if (etag === undefined || (got !== undefined && got !== hex))
      throw partArrivedOtherwise(requests.name, key);
    return { etag, md5: got === undefined ? undefined : part.md5 };
  });
}

/** Tells the bytes that were sent; what is sent again does not count back. */
function progress(total: number, { onProgress }: PutOptions): Transfer['onSent'] {
  const sent = new Map<number, number>();
  let sum = 0;
  let told = 0;
  return (part, bytes) => {
    sum += bytes - (sent.get(part) ?? 0);
    sent.set(part, bytes);
    if (sum <= told) return;
    told = sum;
    onProgress?.(told, total);
  };
}

/** Frees what was sent. What hinders it here hindered the transfer, too, and has been told. */
async function giveUp(requests: S3Requests, upload: IncompleteUpload): Promise<void> {
  const { silence } = requests.bounds;
  const { pauses } = requests.bounds;
  const deadline = AbortSignal.timeout(silence);
  await repeated(pauses, deadline, () => abandonUpload(requests, upload, deadline)).catch(() => undefined);
}

function partArrivedOtherwise(connection: string, key: string): MlopsError {
  return new MlopsError(
    'unreachable',
    `A part of ${asName(key)} did not arrive at ${asName(connection)} as it was sent.`,
    {
      hint: 'Try again.',
    },
  );
}
