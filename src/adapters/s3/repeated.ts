import { setTimeout as delay } from 'node:timers/promises';
import { errorCode, MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';

/**
 * Does some work, and again after each of the pauses (in milliseconds) where it failed in passing: the server did not
 * answer, or not well. `failure` is what the attempt before threw. Throws what the last attempt threw.
 */
export async function repeated<T>(
  pauses: readonly number[],
  signal: AbortSignal,
  work: (failure: unknown) => Promise<T>,
): Promise<T> {
  let failure: unknown;
  for (const pause of pauses) {
    throwIfAborted(signal);
    try {
      return await work(failure);
    } catch (error) {
      throwIfAborted(signal);
      if (!mayPass(error)) throw error;
      failure = error;
    }
    await delay(pause, undefined, { signal }).catch(() => throwIfAborted(signal));
  }
  throwIfAborted(signal);
  return work(failure);
}

/** True for a failure after which the same may succeed. */
export function mayPass(error: unknown): boolean {
  return error instanceof MlopsError && (error.kind === 'unreachable' || error.kind === 'timeout');
}

/** True where the connection broke: a server may have refused a body, and its answer was lost. */
export function isCutOff(error: unknown): boolean {
  const code = error instanceof MlopsError ? errorCode(error.cause) : undefined;
  return code === 'ECONNRESET' || code === 'EPIPE';
}
