import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { own } from '../../core/domain/own.ts';
import { errorCode, messageOf } from '../../core/ports/mlopsError.ts';

const pieceBytes = 1024 * 1024;

/** The value, or undefined when the file or folder does not exist. Other errors are thrown. */
export async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Reads a UTF-8 file of at most `limit` bytes; undefined when it does not exist, is not a file, or is larger. */
export async function readBounded(
  file: string,
  limit: number,
  signal?: AbortSignal,
): Promise<string | undefined> {
  return (await readBytes(file, limit, signal))?.toString('utf8');
}

/**
 * The bytes of a file, at most `limit`; undefined when it does not exist, is not a file, or is larger. Never waits for a
 * file that has no data yet.
 */
export async function readBytes(
  file: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Buffer | undefined> {
  const stats = await ifThere(stat(file));
  if (!stats?.isFile() || stats.size > limit) return undefined;
  const opened = await ifThere(open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));
  if (opened === undefined) return undefined;
  const pieces: Buffer[] = [];
  let size = 0;
  // It may have grown, or be a system file without a size.
  const options = { end: limit, highWaterMark: pieceBytes, ...(signal ? { signal } : {}) };
  for await (const piece of opened.createReadStream(options) as AsyncIterable<Buffer>) {
    size += piece.length;
    pieces.push(piece);
  }
  return size > limit ? undefined : Buffer.concat(pieces);
}

const reasons: { readonly [code: string]: string } = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EAGAIN: 'it has nothing to read',
  EIO: 'the disk reports an error',
  EISDIR: 'it is a folder',
  ELOOP: 'a link that leads round in a circle',
  EMFILE: 'too many files are open',
};

/** Why a file could not be read, in a few words. */
export function reasonOf(error: unknown): string {
  const known = own(reasons, errorCode(error) ?? '');
  return known ?? messageOf(error);
}
