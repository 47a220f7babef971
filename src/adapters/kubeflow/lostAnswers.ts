import { MlopsError } from '../../core/ports/mlopsError.ts';

/** True when the server may have done what was asked. */
export function isLost(error: unknown): boolean {
  return error instanceof MlopsError && ['timeout', 'unreachable', 'internal'].includes(error.kind);
}

/** The error for what may have been done and may not: `what` says it ("the run was started"). */
export function uncertain(error: unknown, what: string, hint: string): MlopsError {
  const { kind, words } = error as MlopsError;
  return new MlopsError(kind, `${words} Whether ${what} is not known.`, { hint, cause: error });
}
