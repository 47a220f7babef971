import { deleteQuestion } from '../../core/runs/deleteQuestion.ts';
import type { Services } from '../services.ts';
import { ask } from '../window/askQuestion.ts';
import { deadline } from '../deadline.ts';
import { changingBackend } from './shared/allowed.ts';
import { runsOf, targetOf } from './shared/arguments.ts';
import { pickRun, type RunChoice } from './shared/pick.ts';
import type { Handler } from './table.ts';

const ended: RunChoice = {
  states: ['succeeded', 'failed', 'stopped', 'interrupted', 'skipped'],
  none: 'No run has ended yet.',
};

/** Asks, then deletes a run that ended, or each of the rows that are selected: a question for each, until one is answered no. */
export function deleteRun(services: Services): Handler {
  return async (...args) => {
    const backend = await changingBackend(services, 'destroy');
    const selected = runsOf(args);
    for (const named of selected.length > 0 ? selected : [targetOf(args).run]) {
      const run = named ?? (await pickRun(services, 'Delete which run?', ended))?.id;
      if (run === undefined) return;
      if (!(await ask(await deleteQuestion(backend, run, deadline())))) return;
      await backend.deleteRun(run, deadline());
    }
  };
}
