import type { IncomingMessage } from 'node:http';
import { MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { ByteRange } from '../../core/ports/objectStore.ts';
import { asName } from '../../core/text/literal.ts';
import type { S3Requests } from './requests.ts';

interface Place {
  readonly bucket: string;
  readonly key: string;
}

/** How often a broken answer is gone on with. */
const mostResumes = 3;

/**
 * The bytes of a range. An answer that breaks off is gone on with where it ended, as long as the object is the same (by its
 * ETag). Throws MlopsError conflict when it changed meanwhile, unreachable when the answer ends too early again and again.
 */
export async function* readRange(
  requests: S3Requests,
  place: Place,
  { offset = 0, limit }: ByteRange,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  let start = offset;
  const end = offset + limit;
  let etag: string | undefined;
  for (let resumes = 0; ; resumes += 1) {
    const part = await ask(requests, place, { start, end, etag }, signal);
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

interface Part {
  readonly body: IncomingMessage;
  /** The offset at which the answer ends. */
  readonly until: number;
  readonly etag: string | undefined;
}

/** Undefined where nothing of the object is in the range. */
async function ask(
  requests: S3Requests,
  { bucket, key }: Place,
  { start, end, etag }: { readonly start: number; readonly end: number; readonly etag: string | undefined },
  signal: AbortSignal,
): Promise<Part | undefined> {
  const headers = {
    range: `bytes=${start}-${end - 1}`,
    ...(etag === undefined ? {} : { 'if-match': etag }),
  };
  const expected = [200, 206, 412, 416];
  const {
    status,
    headers: got,
    body,
  } = await requests.send({ method: 'GET', bucket, key, headers, expected }, signal);
  if (status === 416 || status === 412) body.destroy();
  if (status === 416) return undefined;
  if (status === 412) throw changed(requests.name, { bucket, key });
  const first = Number(/^bytes (\d+)-/.exec(got['content-range'] ?? '')?.[1] ?? 0);
  if (first !== start) {
    body.destroy();
    throw new MlopsError('unsupported', `${asName(requests.name)} does not give parts of objects.`);
  }
  return { body, until: first + Number(got['content-length'] ?? 0), etag: got.etag };
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
