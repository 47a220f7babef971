import type { Services } from '../services.ts';
import { askForLog, shownLog } from './shared/logTarget.ts';
import { showWholeLog } from './showLog.ts';
import type { Handler } from './table.ts';

/** Opens a task's log from its beginning, however long it is. */
export function wholeLog(services: Services): Handler {
  return async (...args) => {
    const question = {
      run: 'The whole log of which run?',
      task: (run: string) => `The whole log of which task of ${run}?`,
      running: false,
    };
    const log = shownLog(args) ?? (await askForLog(services, args, question));
    if (log !== undefined) await showWholeLog(log);
  };
}
