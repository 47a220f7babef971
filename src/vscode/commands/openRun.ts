import type { Services } from '../services.ts';
import { targetOf } from './shared/arguments.ts';
import { pickRun } from './shared/pick.ts';
import type { Handler } from './table.ts';
import { extensionUri } from '../extensionUri.ts';

/** Shows the results of a run in a panel. */
export function openRun(services: Services): Handler {
  return async (...args) => {
    const run = targetOf(args).run ?? (await pickRun(services, 'Results of which run?'))?.id;
    if (run === undefined) return;
    const { showResults } = await import('../panels/resultsPanels.ts');
    await showResults(services, extensionUri(), [run]);
  };
}
