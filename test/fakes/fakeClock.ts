import type { Clock } from '../../src/core/ports/clock.ts';
import { MlopsError } from '../../src/core/ports/mlopsError.ts';

interface Waiting {
  readonly at: number;
  readonly wake: () => void;
}

/** Time that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now: number;
  readonly #waiting = new Set<Waiting>();

  constructor(now = Date.UTC(2026, 0, 2, 3, 4, 5)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  delay(ms: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting: Waiting = { at: this.#now + ms, wake: resolve };
    const onAbort = () => {
      this.#waiting.delete(waiting);
      reject(signal?.reason instanceof Error ? signal.reason : new MlopsError('cancelled', 'Cancelled.'));
    };
    if (signal?.aborted) onAbort();
    else {
      this.#waiting.add(waiting);
      signal?.addEventListener('abort', onAbort, { once: true });
    }
    return promise;
  }

  /** Moves time on; what waits for a moment up to then goes on, in order, also what began to wait on the way. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      await settled();
      const [next] = [...this.#waiting]
        .filter((waiting) => waiting.at <= until)
        .toSorted((a, b) => a.at - b.at);
      if (!next) break;
      this.#now = Math.max(this.#now, next.at);
      this.#waiting.delete(next);
      next.wake();
    }
    this.#now = until;
  }

  /** How many wait at this moment. */
  get waiting(): number {
    return this.#waiting.size;
  }
}

/** Lets everything run that needs no time to pass. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
