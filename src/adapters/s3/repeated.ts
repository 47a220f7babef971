import { setTimeout as delay } from 'node:timers/promises';
import { MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';

/**
 * Does some work, and again after each of the pauses (in milliseconds) where it failed in passing: the server did not
 * answer, or not well. `attempt` counts from 0. Throws what the last attempt threw.
 */
export async function repeated<T>(
  pauses: readonly number[],
  signal: AbortSignal,
  work: (attempt: number) => Promise<T>,
): Promise<T> {
  for (const [attempt, pause] of pauses.entries()) {
    throwIfAborted(signal);
    try {
      return await work(attempt);
    } catch (error) {
      throwIfAborted(signal);
      if (!mayPass(error)) throw error;
    }
    await delay(pause, undefined, { signal }).catch(() => throwIfAborted(signal));
  }
  throwIfAborted(signal);
  return work(pauses.length);
}

/** True for a failure after which the same may succeed. */
export function mayPass(error: unknown): boolean {
  return error instanceof MlopsError && (error.kind === 'unreachable' || error.kind === 'timeout');
}
