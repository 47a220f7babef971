import { errorCode, messageOf, MlopsError } from '../../core/ports/mlopsError.ts';

const noFolder = new Set(['ENOTDIR', 'ELOOP']);

/** Turns a full disk or a home that may not be written into an error that says so. */
export function homeError(error: unknown, what: string, home: string): MlopsError {
  if (error instanceof MlopsError) return error;
  const code = errorCode(error);
  const more = { cause: error };
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(home, `${what}: `, error);
  if (mayNotWrite(error)) {
    const hint = `Make ${home} writable, or choose another folder in the setting mlops.local.home.`;
    return new MlopsError('forbidden', `${what}: ${home} may not be written.`, { ...more, hint });
  }
  if (noFolder.has(code ?? '')) {
    const hint = `Look at ${home}: it may be a file, or a link to nothing. Or choose another folder in the setting mlops.local.home.`;
    return new MlopsError('invalid', `${what}: ${home} cannot be used as a folder.`, { ...more, hint });
  }
  return new MlopsError('internal', `${what}:`, { ...more, outside: messageOf(error) });
}

/** Node reports ENOENT when it cannot create a folder below a read-only one. */
function mayNotWrite(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  if (code === 'ENOENT') return (error as NodeJS.ErrnoException).syscall === 'mkdir';
  return ['EACCES', 'EPERM', 'EROFS'].includes(code);
}

/** The error for a full disk. */
export function diskFull(place: string, before = '', cause?: unknown): MlopsError {
  const hint = `Free some space at ${place}, or choose another folder in the setting mlops.local.home.`;
  return new MlopsError('internal', `${before}the disk is full.`, { hint, cause });
}
