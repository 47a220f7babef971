import { followedLog } from '../documents/followedLogs.ts';
import { logUri } from '../uris.ts';
import { shownLog } from './shared/logTarget.ts';

/** Lets the log in front stand still. */
export function pauseLog(...args: unknown[]): void {
  logInFront(args)?.pause();
}

/** Goes to the end of the log in front and keeps it in sight. */
export function resumeLog(...args: unknown[]): void {
  logInFront(args)?.resume();
}

function logInFront(args: readonly unknown[]) {
  const log = shownLog(args);
  return log === undefined ? undefined : followedLog(logUri(log.run, log.task));
}
