import { MlopsError, unlessAborted } from '../../core/ports/mlopsError.ts';

/** The result of `work`; throws timeout after `ms`, or when `signal` aborts. The work itself is not stopped. */
export async function answersWithin<T>(
  ms: number,
  work: Promise<T>,
  signal: AbortSignal,
  what: string,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ms);
  try {
    return await unlessAborted(work, AbortSignal.any([signal, late.signal]));
  } catch (error) {
    if (!late.signal.aborted || signal.aborted) throw error;
    throw new MlopsError('timeout', `${what} did not answer within ${ms / 1000} s`);
  } finally {
    clearTimeout(timer);
  }
}
