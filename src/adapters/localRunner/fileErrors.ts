import { readFile, stat } from 'node:fs/promises';
import { MlopsError } from '../../core/ports/mlopsError.ts';

/** The system's code of a failed file operation: ENOENT, EEXIST, … */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The value, or undefined when the file or folder is not there. Other errors are thrown. */
export async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Reads a text file of at most `limit` bytes; undefined when it is not there or larger. */
export async function readBounded(file: string, limit: number): Promise<string | undefined> {
  const found = await ifThere(stat(file));
  if (!found?.isFile() || found.size > limit) return undefined;
  return ifThere(readFile(file, 'utf8'));
}

/** Turns a full disk or a home that may not be written into an error that says so. */
export function homeError(error: unknown, what: string, home: string): MlopsError {
  if (error instanceof MlopsError) return error;
  const code = errorCode(error);
  const more = { cause: error };
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(home, `${what}: `, error);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    const hint = `Make ${home} writable, or choose another folder in the setting mlops.local.home.`;
    return new MlopsError('forbidden', `${what}: ${home} may not be written.`, { ...more, hint });
  }
  const outside = error instanceof Error ? error.message : String(error);
  return new MlopsError('internal', `${what}:`, { ...more, outside });
}

/** Says that there is no space left at a place. */
export function diskFull(place: string, before = '', cause?: unknown): MlopsError {
  const hint = `Free some space at ${place}, or choose another folder in the setting mlops.local.home.`;
  return new MlopsError('internal', `${before}the disk is full.`, { hint, cause });
}

/** Throws the error of an aborted wait. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new MlopsError('cancelled', 'Cancelled.');
}

/** Waits for `work` no longer than until `signal` aborts; the work itself goes on. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  throwIfAborted(signal);
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(new MlopsError('cancelled', 'Cancelled.'));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
