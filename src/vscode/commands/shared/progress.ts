import { setTimeout as delay } from 'node:timers/promises';
import { showProgress } from '../../window/messages.ts';

/** What takes less than this is over before a notification could be read. */
const patienceMs = 400;

/** Waits for `work`, and when that takes a while, with a notification that can cancel it. */
export async function progress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const working = work(controller.signal);
  const quick = await Promise.race([working.then(() => true), delay(patienceMs, false)]);
  if (quick) return working;
  return showProgress(title, (cancelled) => {
    cancelled.addEventListener('abort', () => controller.abort());
    return working;
  });
}
