import type { Services } from '../services.ts';
import { deadline } from '../trees/listing.ts';
import { agreed, changingBackend } from './allowed.ts';
import { targetOf } from './arguments.ts';
import { pickRun } from './pick.ts';
import type { Handler } from './table.ts';

/** Asks, then deletes a run that ended. */
export function deleteRun(services: Services): Handler {
  return async (...args) => {
    const backend = await changingBackend(services, 'destroy');
    const ended = ['succeeded', 'failed', 'stopped', 'interrupted', 'skipped'] as const;
    const run = targetOf(args).run ?? (await pickRun(services, 'Delete which run?', { states: ended }))?.id;
    if (run === undefined) return;
    const detail =
      'Its record and its logs go, and cannot be brought back. Its artifacts stay in the store, ' +
      'so that runs which took a result from it lose nothing.';
    if (await agreed(`Delete ${run}?`, detail, 'Delete')) await backend.deleteRun(run, deadline());
  };
}
