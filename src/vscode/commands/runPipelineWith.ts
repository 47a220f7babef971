import type { Services } from '../services.ts';
import { changingBackend } from './shared/allowed.ts';
import { targetOf } from './shared/arguments.ts';
import { choosePipeline } from './shared/choosePipeline.ts';
import { readPipeline } from './shared/readPipeline.ts';
import { runAgainWith } from './start.ts';
import { lastForm, runWithForm } from './shared/runWithForm.ts';
import type { Handler } from './table.ts';

/** Shows the form of a pipeline with the values of last time, or of a run with its own; runs it from there. */
export function runPipelineWith(services: Services): Handler {
  return async (...args) => {
    if (targetOf(args, 'pipeline').run !== undefined) return runAgainWith(services)(...args);
    const backend = await changingBackend(services, 'write');
    const id = await choosePipeline(services, args, 'Run which pipeline?');
    const pipeline = id === undefined ? undefined : await readPipeline(backend, id);
    if (pipeline !== undefined) await runWithForm(services, backend, pipeline, lastForm(services, pipeline));
    return undefined;
  };
}
