import type { Place } from '../domain/pipeline.ts';
import { type Redact, redact } from '../text/redact.ts';
import { afterColon } from '../text/sentences.ts';

export type MlopsErrorKind =
  | 'notFound'
  | 'conflict'
  | 'auth'
  | 'forbidden'
  | 'unreachable'
  | 'timeout'
  | 'invalid'
  | 'unsupported'
  | 'cancelled'
  | 'internal';

/**
 * The one error that crosses ports. `message` says what happened to what; `hint` what to do next. All of it is text, not
 * Markdown. Text of an exception, a server or an installer is `outside`: the message ends with it, and code that
 * shows it to a model or as Markdown keeps it apart from `words`, which are ours.
 * Expected outcomes (a run that already ended) are return values instead. Neither text shows secrets of known shapes: they
 * may come from an installer, a server or a person's code.
 */
export class MlopsError extends Error {
  readonly kind: MlopsErrorKind;
  readonly hint: string | undefined;
  /** The message without the text from outside; empty when there is no more. */
  readonly words: string;
  readonly outside: string | undefined;
  /** The place in a person's own file; the message names it, too. */
  readonly place: Place | undefined;

  constructor(
    kind: MlopsErrorKind,
    words: string,
    more: {
      hint?: string | undefined;
      outside?: string | undefined;
      place?: Place | undefined;
      cause?: unknown;
    } = {},
  ) {
    const { outside = '' } = more;
    // After a place, such as "train.py, line 3:", a new sentence begins.
    const rest = /[a-z]:$/.test(words) ? afterColon(outside) : outside;
    const message = [words, rest].filter((part) => part !== '').join(' ');
    super(redact(message), more.cause === undefined ? {} : { cause: more.cause });
    this.name = 'MlopsError';
    this.kind = kind;
    this.words = redact(words);
    this.outside = outside === '' ? undefined : redact(outside);
    this.hint = more.hint === undefined ? undefined : redact(more.hint);
    this.place = more.place;
  }
}

/** The error of a cancelled wait. */
export function cancelled(cause?: unknown): MlopsError {
  return new MlopsError('cancelled', 'Cancelled.', { cause });
}

/** The error for what Restricted Mode does not allow. */
export function inRestrictedMode(words: string): MlopsError {
  return new MlopsError('forbidden', words, {
    hint: 'Trust the workspace (Manage Workspace Trust), then try again.',
  });
}

/** Throws the error of a cancelled wait when `signal` has aborted. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}

/** Waits for `work` until `signal` aborts; the work itself is not stopped. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  void work.catch(() => undefined); // no unhandled rejection when it fails after the wait
  throwIfAborted(signal);
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(cancelled());
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** The system's code of a failed operation: ENOENT, EEXIST, … */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The message of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** True for the error that a cancelled wait ends with, ours or the platform's. */
export function isCancelled(error: unknown): boolean {
  if (error instanceof MlopsError) return error.kind === 'cancelled';
  return error instanceof Error && error.name === 'AbortError';
}

/** Any thrown value as an MlopsError, so that everything outside a port handles one kind. */
export function toMlopsError(error: unknown): MlopsError {
  if (error instanceof MlopsError) return error;
  if (isCancelled(error)) return cancelled(error);
  return new MlopsError('internal', '', { outside: messageOf(error), cause: error });
}

/** The error without secrets in its texts; the same error when it has none. */
export function redactError(error: unknown, hide: Redact): unknown {
  if (isCancelled(error)) return error;
  const { kind, words, outside, hint, place, cause } = toMlopsError(error);
  const [shown = '', hidden, next] = [words, outside, hint].map((text) => text && hide(text));
  if (shown === words && hidden === outside && next === hint) return error;
  return new MlopsError(kind, shown, { outside: hidden, hint: next, place, cause });
}
