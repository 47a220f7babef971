import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

/** What takes less than this is over before a notification could be read. */
const patienceMs = 400;

/** Waits for `work`, and when that takes a while, with a notification that can cancel it. */
export async function progress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const working = work(controller.signal);
  const quick = await Promise.race([working.then(() => true), delay(patienceMs, false)]);
  if (quick) return working;
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (_report, token) => {
    token.onCancellationRequested(() => controller.abort());
    return working;
  });
}
