import { toMlopsError } from '../core/ports/mlopsError.ts';
import { deadlineMs } from './deadline.ts';

/** Why something could not be read, in words for people. */
export interface Failure {
  readonly message: string;
  readonly hint: string | undefined;
}

/** Any thrown value as a text for people. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return { message: `No answer within ${deadlineMs / 1000} s`, hint: 'Refresh to try again.' };
  }
  const { message, hint } = toMlopsError(error);
  return { message, hint };
}
