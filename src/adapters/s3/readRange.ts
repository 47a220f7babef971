import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { ByteRange } from '../../core/ports/objectStore.ts';
import { asName } from '../../core/text/literal.ts';
import type { S3Requests } from './requests.ts';
import { versionQuery } from './stat.ts';

/** What is read: an object, or a version of it. */
export interface Place {
  readonly bucket: string;
  readonly key: string;
  readonly version?: string | undefined;
}

/** How often a broken answer is gone on with. */
const mostResumes = 3;

/**
 * The bytes of a range. An answer that breaks off is gone on with where it ended, as long as the object is the same (by its
 * ETag). Throws MlopsError conflict when it changed meanwhile, unreachable when the answer ends too early again and again.
 * `first` is the answer for the range where it was asked for already.
 */
export async function* readRange(
  requests: S3Requests,
  place: Place,
  { offset = 0, limit, ifMatch }: Omit<ByteRange, 'version'>,
  signal: AbortSignal,
  first?: RangeAnswer,
): AsyncIterable<Uint8Array> {
  let start = offset;
  const end = offset + limit;
  let etag = ifMatch;
  for (let resumes = 0; ; resumes += 1) {
    const isFirst = first !== undefined && resumes === 0;
    const part = isFirst ? first : await askRange(requests, place, { start, end, etag }, signal);
    if (part === undefined) return;
    etag = part.etag;
    const outcome = { broken: false };
    for await (const piece of pieces(part.body, outcome, signal)) {
      // A server without ranges sends the whole object.
      const asked = piece.subarray(0, end - start);
      start += asked.length;
      if (asked.length > 0) yield asked;
      if (start === end) return;
    }
    if (!outcome.broken && start >= part.until) return;
    if (resumes === mostResumes) throw brokenOff(requests.name, place);
  }
}

/** An answer whose body has not been read. Whoever takes it reads or destroys it. */
export interface RangeAnswer {
  readonly body: IncomingMessage;
  readonly headers: IncomingHttpHeaders;
  /** The offset at which the answer ends. */
  readonly until: number;
  readonly etag: string | undefined;
}

/** Asks for the bytes from `start` to before `end`. Undefined where nothing of the object is in the range. */
export async function askRange(
  requests: S3Requests,
  { bucket, key, version }: Place,
  { start, end, etag }: { readonly start: number; readonly end: number; readonly etag: string | undefined },
  signal: AbortSignal,
): Promise<RangeAnswer | undefined> {
  const headers = {
    range: `bytes=${start}-${end - 1}`,
    ...(etag === undefined ? {} : { 'if-match': etag }),
  };
  const expected = [200, 206, 412, 416];
  const query = versionQuery(version);
  const request = { method: 'GET', bucket, key, query, headers, expected } as const;
  const { status, headers: got, body } = await requests.send(request, signal);
  if (status === 416 || status === 412) body.destroy();
  if (status === 416) return undefined;
  if (status === 412) throw changed(requests.name, { bucket, key });
  const first = Number(/^bytes (\d+)-/.exec(got['content-range'] ?? '')?.[1] ?? 0);
  if (first !== start) {
    body.destroy();
    throw new MlopsError('unsupported', `${asName(requests.name)} does not give parts of objects.`);
  }
  return { body, headers: got, until: first + Number(got['content-length'] ?? 0), etag: got.etag };
}

async function* pieces(
  body: IncomingMessage,
  outcome: { broken: boolean },
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  try {
    for await (const piece of body as AsyncIterable<Uint8Array>) {
      throwIfAborted(signal);
      yield piece;
    }
  } catch (error) {
    throwIfAborted(signal);
    if (error instanceof MlopsError) throw error;
    outcome.broken = true;
  } finally {
    body.destroy();
  }
}

function changed(connection: string, { bucket, key }: Place): MlopsError {
  return new MlopsError(
    'conflict',
    `${asName(`${bucket}/${key}`)} on ${asName(connection)} changed while it was read.`,
    {
      hint: 'Read it again.',
    },
  );
}

function brokenOff(connection: string, { bucket, key }: Place): MlopsError {
  return new MlopsError(
    'unreachable',
    `${asName(connection)} broke off again and again while ${asName(`${bucket}/${key}`)} was read.`,
    { hint: 'Try again later.' },
  );
}
