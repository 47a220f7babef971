import { setTimeout as delay } from 'node:timers/promises';
import { showProgress } from '../../window/messages.ts';

/** Delay before a notification is shown, in milliseconds: shorter work needs none. */
const patienceMs = 400;

/** Waits for `work`; when that takes a while, with a notification that can cancel it. */
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
