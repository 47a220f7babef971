import type { ObjectStat } from '../../core/domain/storedObject.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ByteTarget, TransferProgress } from '../../core/ports/objectWrites.ts';
import { asName } from '../../core/text/literal.ts';
import { checkKey } from './checkKey.ts';
import { inParallel } from './inParallel.ts';
import { statOf } from './metadata.ts';
import { askRange, type Place, type RangeAnswer, readRange } from './readRange.ts';
import type { S3Requests } from './requests.ts';
import { head, statIn } from './stat.ts';
import { arrivalCheck } from './arrivalCheck.ts';

/** Ranges that are asked for at the same time. */
const atOnce = 4;

/** Reads a whole object. See ObjectStore.download. */
export async function download(
  requests: S3Requests,
  from: Place,
  { target, onProgress }: { readonly target: ByteTarget; readonly onProgress: TransferProgress },
  signal: AbortSignal,
): Promise<ObjectStat> {
  await checkKey(requests, from, signal);
  const first = await askRange(
    requests,
    from,
    { start: 0, end: requests.bounds.part, etag: undefined },
    signal,
  );
  if (first === undefined) return emptyObject(requests, from, signal);
  try {
    const { bucket, key } = from;
    const size = Number(/\/(\d+)$/.exec(first.headers['content-range'] ?? '')?.[1] ?? first.until);
    const stat: ObjectStat = { ...statIn({ bucket, key }, first.headers), size };
    const check = await arrivalCheck(requests, from, { headers: first.headers, size }, signal);
    const reading = { from, size, etag: first.etag, first };
    await readAll(
      requests,
      { ...reading, onProgress },
      async (bytes, offset, either) => {
        await Promise.all([target.write(bytes, offset), check.add(bytes, offset, either)]);
      },
      signal,
    );
    await check.finish(async (add) => {
      const again = { ...reading, first: undefined, onProgress: () => undefined };
      await readAll(requests, again, add, signal);
    }, signal);
    return stat;
  } finally {
    first.body.destroy();
  }
}

async function emptyObject(requests: S3Requests, from: Place, signal: AbortSignal): Promise<ObjectStat> {
  const stat = { bucket: from.bucket, key: from.key, ...statOf(await head(requests, from, signal)) };
  if (stat.size === 0) return stat;
  throw new MlopsError('unsupported', `${asName(requests.name)} does not give parts of objects.`);
}

/** Takes bytes that arrived; what it returns is waited for before the bytes are overwritten. */
export type Take = (bytes: Uint8Array, offset: number, signal: AbortSignal) => Promise<void>;

interface Reading {
  readonly from: Place;
  readonly size: number;
  readonly etag: string | undefined;
  readonly first: RangeAnswer | undefined;
  readonly onProgress: TransferProgress;
}

async function readAll(
  requests: S3Requests,
  { from, size, etag, first, onProgress }: Reading,
  take: Take,
  signal: AbortSignal,
): Promise<void> {
  const rangeBytes = requests.bounds.part;
  const count = Math.ceil(size / rangeBytes);
  const free: Buffer[] = [];
  let arrived = 0;
  await inParallel({ count, atOnce }, signal, async (index, either) => {
    const offset = index * rangeBytes;
    const limit = Math.min(rangeBytes, size - offset);
    const buffer = free.pop() ?? Buffer.allocUnsafe(Math.min(rangeBytes, size));
    const range = { offset, limit, ...(etag === undefined ? {} : { ifMatch: etag }) };
    let at = 0;
    for await (const piece of readRange(requests, from, range, either, index === 0 ? first : undefined)) {
      buffer.set(piece, at);
      at += piece.length;
      arrived += piece.length;
      onProgress(arrived, size);
    }
    if (at !== limit) throw endedEarly(requests.name, from);
    await take(buffer.subarray(0, limit), offset, either);
    free.push(buffer);
  });
}

function endedEarly(connection: string, { bucket, key }: Place): MlopsError {
  return new MlopsError(
    'unreachable',
    `${asName(connection)} gave less of ${asName(`${bucket}/${key}`)} than there is.`,
    { hint: 'Try again later.' },
  );
}
