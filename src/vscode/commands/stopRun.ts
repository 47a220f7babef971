import type { RunId } from '../../core/domain/run.ts';
import { stopQuestion } from '../../core/runs/stopQuestion.ts';
import type { Services } from '../services.ts';
import { ask } from '../window/askQuestion.ts';
import { deadline } from '../deadline.ts';
import { inform } from '../window/messages.ts';
import { changingBackend } from './shared/allowed.ts';
import { targetOf } from './shared/arguments.ts';
import type { Handler } from './table.ts';
import { pickRun } from './shared/pick.ts';

const states = ['pending', 'preparing', 'running'] as const;

/** Asks, naming what is running, then stops a run: the row's, the only one that is active, or the one that is picked. */
export function stopRun(services: Services): Handler {
  return async (...args) => {
    const backend = await changingBackend(services, 'write');
    const run = targetOf(args).run ?? (await activeRun(services));
    if (run === undefined) return;
    if (!(await ask(stopQuestion(await backend.getRun(run, deadline()))))) return;
    const outcome = await backend.stopRun(run, deadline());
    if (outcome === 'alreadyEnded') void inform(`${run} had already ended.`);
  };
}

async function activeRun(services: Services): Promise<RunId | undefined> {
  const backend = await services.backend();
  const { items } = await backend.listRuns({ states, size: 2 }, deadline());
  const [only, another] = items;
  if (only !== undefined && another === undefined) return only.id;
  return (await pickRun(services, 'Stop which run?', { states, none: 'No run is active.' }))?.id;
}
