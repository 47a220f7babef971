import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../src/core/ports/clock.ts';

/** The real time, for tests that wait for real processes. */
export const systemClock: Clock = {
  now: () => Date.now(),
  delay: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}),
};
