import { deleteQuestion } from '../../core/runs/deleteQuestion.ts';
import type { Services } from '../services.ts';
import { askDestroy } from '../tools/askDestroy.ts';
import { deadline } from '../trees/listing.ts';
import { changingBackend } from './allowed.ts';
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
    if (await askDestroy(await deleteQuestion(backend, run, deadline())))
      await backend.deleteRun(run, deadline());
  };
}
