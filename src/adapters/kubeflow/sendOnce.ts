import { MlopsError } from '../../core/ports/mlopsError.ts';
import { isLost, uncertain } from './lostAnswers.ts';

/** A request that makes something, and how to see whether it was made. */
export interface Making {
  /** "the run was started". */
  readonly what: string;
  readonly hint: string;
  readonly send: () => Promise<void>;
  readonly isThere: () => Promise<boolean>;
}

/** Sends a request; once more where its answer was lost and what it makes is not there. So nothing is made twice. */
export async function sendOnce(making: Making): Promise<void> {
  const { what, hint, send, isThere } = making;
  try {
    await send();
  } catch (error) {
    if (isDuplicate(error)) return;
    if (!isLost(error)) throw error;
    const there = await isThere().catch(() => undefined);
    if (there === true) return;
    if (there === undefined) throw uncertain(error, what, hint);
    await send().catch((again: unknown) => {
      if (!isDuplicate(again)) throw isLost(again) ? uncertain(again, what, hint) : again;
    });
  }
}

function isDuplicate(error: unknown): boolean {
  return (
    error instanceof MlopsError && error.kind === 'conflict' && /Duplicate entry/.test(error.outside ?? '')
  );
}
