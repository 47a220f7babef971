import type { ObjectStat } from '../../core/domain/storedObject.ts';
import type { ByteSource, ObjectName, PutOptions } from '../../core/ports/objectWrites.ts';
import { checkNewKey } from './checkKey.ts';
import { isSameTag, md5In } from './checksums.ts';
import { isConflict, storeIf } from './conditions.ts';
import { asKept, objectHeaders, statOf } from './metadata.ts';
import { putInParts } from './multipart.ts';
import { headIfThere } from './headIfThere.ts';
import { isCutOff, mayPass, repeated } from './repeated.ts';
import type { S3Requests } from './requests.ts';
import { readAll, type SourcePart } from './sourceParts.ts';
import { compareSize, type Stored, storedOtherwise } from './stored.ts';

/** Stores an object: in one request up to 16 MiB, else in parts. See ObjectWrites.put. */
export async function put(
  requests: S3Requests,
  to: ObjectName,
  source: ByteSource,
  options: PutOptions,
  signal: AbortSignal,
): Promise<ObjectStat> {
  await checkNewKey(requests, to, signal);
  if (source.size > requests.bounds.part) return putInParts(requests, to, source, options, signal);
  const headers = objectHeaders(options);
  const part = await readAll(source, requests.sums.sum(source.size), signal);
  const sent = await storeIf(requests, to, options, signal, (condition) =>
    putWhole(requests, { to, part, options, headers: { ...headers, ...condition } }, signal),
  );
  options.onProgress?.(part.size, part.size);
  return { ...to, ...asKept(options), ...sent, size: part.size };
}

interface Whole {
  readonly to: ObjectName;
  readonly part: SourcePart;
  readonly options: PutOptions;
  readonly headers: { readonly [name: string]: string };
}

/** Sends all bytes, and again where that failed in passing; the ETag tells that they were stored as they are. */
async function putWhole(
  requests: S3Requests,
  { to, part, options, headers }: Whole,
  signal: AbortSignal,
): Promise<Stored> {
  const md5 = part.md5.toString('base64');
  const onSent = (bytes: number) => options.onProgress?.(bytes, part.size);
  let mayBeStored = false;
  return repeated(requests.bounds.pauses, signal, async (failure) => {
    const body = { pieces: part.pieces, md5, onSent, isCareful: isCutOff(failure) };
    try {
      const answer = await requests.send({ method: 'PUT', ...to, headers, body }, signal);
      answer.body.resume();
      const { etag, version } = statOf(answer.headers);
      const stored = {
        ...(etag === undefined ? {} : { etag }),
        ...(version === undefined ? {} : { version }),
      };
      const got = md5In(answer.headers);
      if (got === undefined) return await compareSize(requests, to, part.size, signal);
      if (got !== part.md5.toString('hex')) throw storedOtherwise(requests.name, to);
      return { size: part.size, ...stored };
    } catch (error) {
      const there =
        mayBeStored && isConflict(error) ? await storedAs(requests, { to, part }, signal) : undefined;
      mayBeStored ||= mayPass(error);
      if (there === undefined) throw error;
      return there;
    }
  });
}

/** The object where it is what an earlier attempt sent, whose answer was lost. */
async function storedAs(
  requests: S3Requests,
  { to, part }: Pick<Whole, 'to' | 'part'>,
  signal: AbortSignal,
): Promise<Stored | undefined> {
  const headers = await headIfThere(requests, to, signal);
  if (headers === undefined || headers === 'unseen') return undefined;
  return isSameTag(md5In(headers), part.md5.toString('hex')) ? statOf(headers) : undefined;
}
