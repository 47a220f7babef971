import type { Services } from '../services.ts';
import { askForLog } from './shared/logTarget.ts';
import { showLog } from './showLog.ts';
import type { Handler } from './table.ts';

/** Opens a task's log and keeps its end in sight; a link may name a place in it instead. */
export function followLog(services: Services): Handler {
  return async (...args) => {
    const log = await askForLog(services, args, {
      run: 'Follow a log of which run?',
      task: (run) => `Follow the log of which task of ${run}?`,
      running: true,
    });
    if (log !== undefined) await showLog(log);
  };
}
