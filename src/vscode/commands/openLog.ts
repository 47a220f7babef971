import type { Services } from '../services.ts';
import { askForLog } from './shared/logTarget.ts';
import { showLog } from './showLog.ts';
import type { Handler } from './table.ts';

/** Opens a task's log at its end, which is where the trouble stands. */
export function openLog(services: Services): Handler {
  return async (...args) => {
    const log = await askForLog(services, args, {
      run: 'A log of which run?',
      task: (run) => `The log of which task of ${run}?`,
      running: false,
    });
    if (log !== undefined) await showLog(log);
  };
}
