import type { Place } from '../domain/pipeline.ts';
import { type Redact, redact } from '../text/redact.ts';

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
 * The one error that crosses ports. `message` says what happened to what; `hint` what to do next.
 * Expected outcomes (a run that already ended) are return values instead. Neither text shows secrets of known shapes: they
 * may come from an installer, a server or a person's code.
 */
export class MlopsError extends Error {
  readonly kind: MlopsErrorKind;
  readonly hint: string | undefined;
  /** Where in a person's own file it is; the message names the place, too. */
  readonly place: Place | undefined;

  constructor(
    kind: MlopsErrorKind,
    message: string,
    more: { hint?: string | undefined; place?: Place | undefined; cause?: unknown } = {},
  ) {
    super(redact(message), more.cause === undefined ? {} : { cause: more.cause });
    this.name = 'MlopsError';
    this.kind = kind;
    this.hint = more.hint === undefined ? undefined : redact(more.hint);
    this.place = more.place;
  }
}

/** True for the error a cancelled wait ends with, whoever threw it. */
export function isCancelled(error: unknown): boolean {
  if (error instanceof MlopsError) return error.kind === 'cancelled';
  return error instanceof Error && error.name === 'AbortError';
}

/** Any thrown value as an MlopsError, so that everything outside a port handles one kind. */
export function toMlopsError(error: unknown): MlopsError {
  if (error instanceof MlopsError) return error;
  if (isCancelled(error)) return new MlopsError('cancelled', 'Cancelled.', { cause: error });
  const message = error instanceof Error ? error.message : String(error);
  return new MlopsError('internal', message, { cause: error });
}

/** An error whose texts show no secret; one that shows none is given back as it is. */
export function redactError(error: unknown, hide: Redact): unknown {
  if (isCancelled(error)) return error;
  const { kind, message, hint, place, cause } = toMlopsError(error);
  const [shown, next] = [hide(message), hint === undefined ? undefined : hide(hint)];
  if (shown === message && next === hint) return error;
  return new MlopsError(kind, shown, { hint: next, place, cause });
}
