import { problemsOf, valuesToRun } from '../../core/pipelines/parameterForm.ts';
import type { Services } from '../services.ts';
import { changingBackend } from './shared/allowed.ts';
import { choosePipeline } from './shared/choosePipeline.ts';
import { readPipeline } from './shared/readPipeline.ts';
import { lastForm, runWithForm } from './shared/runWithForm.ts';
import { askAndStart } from './shared/startRun.ts';
import type { Handler } from './table.ts';

/** Asks once and runs a pipeline with the values of last time, else its defaults; shows the form when one is missing. */
export function runPipeline(services: Services): Handler {
  return (...args) => runOnce(services, args, true);
}

/** The same, with `cache` false so that every task runs anew. */
export async function runOnce(services: Services, args: readonly unknown[], cache: boolean): Promise<void> {
  const backend = await changingBackend(services, 'write');
  const id = await choosePipeline(services, args, 'Run which pipeline?');
  const pipeline = id === undefined ? undefined : await readPipeline(backend, id);
  if (pipeline === undefined) return;
  const form = lastForm(services, pipeline, cache);
  const ready = problemsOf(form).length === 0;
  const planned = { pipeline, values: valuesToRun(form), cache };
  const answer = ready ? await askAndStart(backend, planned) : 'change';
  if (answer === 'change') await runWithForm(services, backend, pipeline, form);
  else if (answer === 'again') await runOnce(services, [pipeline.id], cache);
}
