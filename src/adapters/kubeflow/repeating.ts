import type { Clock } from '../../core/ports/clock.ts';

/** How often, and after which pauses in milliseconds, a request is sent again that met no server. */
export interface Repeats {
  readonly clock: Clock;
  readonly pauses: readonly number[];
}

/** A server that restarts is there again in a few seconds. */
export const usualPauses: readonly number[] = [300, 1000, 3000];
/** The longest time that a server may ask for; for more, people are told. */
const longestAsked = 10_000;

interface Sending {
  /** True for what changes nothing, and may be sent again whatever became of it. */
  readonly isRead: boolean;
  readonly repeats: Repeats | undefined;
  readonly signal: AbortSignal;
}

/** What of an answer decides. */
interface Told {
  readonly status: number;
  readonly headers: Headers;
}

/**
 * Sends a request, again where it met no server (reads alone) or was turned away as one too many (429, which does nothing). What a
 * gateway or a cut connection makes of a write is left to the caller, who can look up whether it was done.
 */
export async function repeating<T extends Told>(send: () => Promise<T>, sending: Sending): Promise<T> {
  const { repeats, signal } = sending;
  for (const pause of repeats?.pauses ?? []) {
    const outcome = await attempt(send, pause, sending);
    if (typeof outcome === 'object') return outcome;
    await repeats?.clock.delay(outcome, signal);
  }
  return send();
}

/** The answer that counts, or how long to wait before the next attempt, in milliseconds. */
async function attempt<T extends Told>(
  send: () => Promise<T>,
  pause: number,
  { isRead, repeats, signal }: Sending,
): Promise<T | number> {
  try {
    const answer = await send();
    const isTurnedAway = answer.status === 429 || (isRead && [502, 503, 504].includes(answer.status));
    const wait = Math.max(pause, askedPause(answer, repeats));
    return isTurnedAway && wait <= longestAsked ? wait : answer;
  } catch (error) {
    if (!isRead || signal.aborted) throw error;
    return pause;
  }
}

/** The time that `Retry-After` asks for, in milliseconds. */
function askedPause({ headers }: Told, repeats: Repeats | undefined): number {
  const asked = headers.get('retry-after') ?? '';
  if (/^\d{1,6}$/.test(asked)) return Number(asked) * 1000;
  const until = Date.parse(asked);
  return Number.isNaN(until) || repeats === undefined ? 0 : until - repeats.clock.now();
}
