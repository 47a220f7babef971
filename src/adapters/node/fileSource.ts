import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { ByteSource } from '../../core/ports/objectWrites.ts';
import { asName } from '../../core/text/literal.ts';
import { reasonOf } from './files.ts';

const pieceBytes = 1024 * 1024;

/** A file as bytes to be stored. */
export interface FileSource extends ByteSource {
  /** Differs whenever the file does: of its size and the time of its last change. */
  readonly fingerprint: string;
}

/**
 * The bytes of a file as it is now. Reading throws MlopsError conflict when the file changed since, by its size, time or
 * identity. Throws MlopsError notFound or invalid for what is not a file that can be read.
 */
export async function fileSource(file: string): Promise<FileSource> {
  const first = await stat(file).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  if (!first.isFile()) throw new MlopsError('invalid', `${asName(file)} is not a file.`);
  return {
    size: first.size,
    fingerprint: `${first.size}-${first.mtimeMs}`,
    read: (offset, limit, signal) => read({ file, first }, { offset, limit }, signal),
  };
}

interface Seen {
  readonly file: string;
  readonly first: Stats;
}

async function* read(
  { file, first }: Seen,
  { offset, limit }: { readonly offset: number; readonly limit: number },
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const opened = await open(file, 'r').catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  try {
    await checkSame(opened, { file, first });
    const end = offset + limit;
    for (let at = offset; at < end;) {
      throwIfAborted(signal);
      const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, end - at));
      const { bytesRead } = await opened.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    await checkSame(opened, { file, first });
  } finally {
    await opened.close();
  }
}

async function checkSame(opened: FileHandle, { file, first }: Seen): Promise<void> {
  const now = await opened.stat();
  const isSame = now.size === first.size && now.mtimeMs === first.mtimeMs && now.ino === first.ino;
  if (!isSame)
    throw new MlopsError('conflict', `${asName(file)} changed while it was read.`, {
      hint: 'Try again when nothing writes to it.',
    });
}

function unreadable(file: string, cause: unknown): MlopsError {
  const kind = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' ? 'notFound' : 'invalid';
  return new MlopsError(kind, `${asName(file)} cannot be read:`, { outside: reasonOf(cause), cause });
}
