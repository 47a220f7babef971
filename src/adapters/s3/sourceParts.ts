import { MlopsError, throwIfAborted, unlessAborted } from '../../core/ports/mlopsError.ts';
import type { ByteSource } from '../../core/ports/objectWrites.ts';
import type { Sum } from './sumThread.ts';

/** Bytes of a source, as they were read. */
export interface SourcePart {
  readonly pieces: readonly Uint8Array[];
  readonly size: number;
  readonly md5: Buffer;
}

/** Reads `size` bytes of a source. Throws MlopsError conflict when it has fewer or gives more. */
export async function readPart(
  source: ByteSource,
  { offset, size }: { readonly offset: number; readonly size: number },
  sum: Sum,
  signal: AbortSignal,
): Promise<SourcePart> {
  return readBytes(source, { offset, size, limit: size }, sum, signal);
}

/** Reads all bytes of a source at once. Throws MlopsError conflict when it has fewer or more than it said. */
export async function readAll(source: ByteSource, sum: Sum, signal: AbortSignal): Promise<SourcePart> {
  const { size } = source;
  // One byte more is asked for, which is not there.
  return readBytes(source, { offset: 0, size, limit: size + 1 }, sum, signal);
}

async function readBytes(
  source: ByteSource,
  { offset, size, limit }: { readonly offset: number; readonly size: number; readonly limit: number },
  sum: Sum,
  signal: AbortSignal,
): Promise<SourcePart> {
  const pieces: Uint8Array[] = [];
  let read = 0;
  for await (const piece of bytesOf(source, { offset, limit }, signal)) {
    read += piece.length;
    if (read > size) break;
    await sum.add(piece);
    pieces.push(piece);
  }
  if (read !== size) throw sourceChanged();
  return { pieces, size, md5: await sum.digest() };
}

/** Throws MlopsError conflict when a source has more bytes than it said. */
export async function checkEnd(source: ByteSource, signal: AbortSignal): Promise<void> {
  for await (const piece of bytesOf(source, { offset: source.size, limit: 1 }, signal))
    if (piece.length > 0) throw sourceChanged();
}

/** The pieces of a source; a source that never gives the next one is left when `signal` aborts. */
async function* bytesOf(
  source: ByteSource,
  { offset, limit }: { readonly offset: number; readonly limit: number },
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  throwIfAborted(signal);
  if (limit === 0) return;
  const iterator = source.read(offset, limit, signal)[Symbol.asyncIterator]();
  let isOver = false;
  try {
    for (;;) {
      const next = await unlessAborted(iterator.next(), signal);
      isOver = next.done === true;
      if (next.done === true) return;
      yield next.value;
    }
  } catch (error) {
    isOver = true;
    // Not waited for: it may hang.
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
    throw failed(error, signal);
  } finally {
    if (!isOver) await iterator.return?.();
  }
}

function failed(error: unknown, signal: AbortSignal): unknown {
  throwIfAborted(signal);
  if (error instanceof MlopsError && error.kind !== 'unreachable' && error.kind !== 'timeout') return error;
  const outside = error instanceof Error ? error.message : String(error);
  return new MlopsError('internal', 'What is to be stored cannot be read:', { outside, cause: error });
}

function sourceChanged(): MlopsError {
  return new MlopsError('conflict', 'What is to be stored changed while it was read. Nothing was stored.', {
    hint: 'Try again when nothing writes to it.',
  });
}
