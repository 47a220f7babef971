import type { Pipeline, PipelineSummary } from '../../core/domain/pipeline.ts';
import type { Run } from '../../core/domain/run.ts';
import { allPipelines } from '../../core/pipelines/allPipelines.ts';
import { checkParameters } from '../../core/pipelines/checkParameters.ts';
import { openForm, type ParameterForm, problemsOf, valuesToRun } from '../../core/pipelines/parameterForm.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { pipelineOfRun } from '../../core/runs/pipelineOfRun.ts';
import { saveCodeOf } from '../code/saveBeside.ts';
import { deadline } from '../deadline.ts';
import type { Services } from '../services.ts';
import { targetOfRun } from '../target.ts';
import { askModal } from '../window/messages.ts';
import type { Handler } from './command.ts';
import { changingBackend } from './shared/allowed.ts';
import { targetOf } from './shared/arguments.ts';
import { choosePipeline } from './shared/choosePipeline.ts';
import { chooseLastRun } from './shared/lastRun.ts';
import { readPipeline } from './shared/readPipeline.ts';
import { lastForm, runWithForm } from './shared/runWithForm.ts';
import { askAndStart } from './shared/startRun.ts';

/** Asks once and runs a pipeline with its last values, else its defaults; shows the form when one is missing. */
export function runPipeline(services: Services): Handler {
  return (...args) => runOnce(services, args, true);
}

/** The same, with `cache` false so that every task runs anew. */
async function runOnce(services: Services, args: readonly unknown[], cache: boolean): Promise<void> {
  const backend = await changingBackend(services, 'write', targetOf(args).connection);
  const id = await choosePipeline(backend, args, 'Run which pipeline?');
  const pipeline = id === undefined ? undefined : await readPipeline(backend, id);
  if (pipeline === undefined) return;
  const form = lastForm(services, backend, pipeline, cache);
  const ready = problemsOf(form).length === 0;
  const planned = { pipeline, values: valuesToRun(form), cache };
  const answer = ready ? await askAndStart(services, backend, planned) : 'change';
  if (answer === 'change') await runWithForm(services, backend, pipeline, form);
  else if (answer === 'again')
    await runOnce(services, [{ connection: backend.connection.id, pipeline: pipeline.id }], cache);
}

/** Shows the form of a pipeline with its last values, or of a run with its own, and runs it from there. */
export function runPipelineWith(services: Services): Handler {
  return async (...args) => {
    if (targetOf(args, 'pipeline').run !== undefined) return runAgainWith(services)(...args);
    const backend = await changingBackend(services, 'write', targetOf(args).connection);
    const id = await choosePipeline(backend, args, 'Run which pipeline?');
    const pipeline = id === undefined ? undefined : await readPipeline(backend, id);
    if (pipeline !== undefined)
      await runWithForm(services, backend, pipeline, lastForm(services, backend, pipeline));
    return undefined;
  };
}

/** Runs a pipeline, or that of a run, without the cache: every task runs anew. */
export function runWithoutCache(services: Services): Handler {
  return (...args) =>
    targetOf(args, 'pipeline').run === undefined
      ? runOnce(services, args, false)
      : repeat(services, args, { cache: false });
}

/** Asks once and runs the same pipeline with the same values: those of a given run, else of the last one. */
export function runAgain(services: Services): Handler {
  return (...args) => repeat(services, args, {});
}

/** Shows the form with a run's values. */
export function runAgainWith(services: Services): Handler {
  return async (...args) => {
    const backend = await changingBackend(services, 'write', targetOf(args).connection);
    const chosen = await runAndPipeline(backend, args);
    if (chosen !== undefined) await runWithForm(services, backend, chosen.pipeline, formOf(chosen));
  };
}

/** Asks once and starts a run like an earlier one; when its values no longer fit, offers the form. */
async function repeat(
  services: Services,
  args: readonly unknown[],
  { cache }: { readonly cache?: boolean },
): Promise<void> {
  const backend = await changingBackend(services, 'write', targetOf(args).connection);
  const chosen = await runAndPipeline(backend, args);
  if (chosen === undefined) return;
  const { run, pipeline } = chosen;
  const form = formOf(chosen, cache);
  const checked = checkParameters(pipeline.parameters, run.parameters);
  const planned = { pipeline, values: valuesToRun(form), cache: form.cache, again: run.label };
  const answer = checked.ok
    ? await askAndStart(services, backend, planned)
    : await sayWhatChanged(run, checked.problems);
  if (answer === 'change') await runWithForm(services, backend, pipeline, form);
  else if (answer === 'again')
    await repeat(services, [targetOfRun(run)], cache === undefined ? {} : { cache });
}

interface RunAndPipeline {
  readonly run: Run;
  readonly pipeline: Pipeline;
}

async function runAndPipeline(
  backend: PipelineBackend,
  args: readonly unknown[],
): Promise<RunAndPipeline | undefined> {
  let listed: Promise<readonly PipelineSummary[]> | undefined;
  const pipelines = () => (listed ??= allPipelines(backend, deadline()));
  const run = await backend.getRun(await chooseLastRun(backend, args, pipelines), deadline());
  if (await saveCodeOf(run.pipeline.source)) listed = undefined; // the saved file may have another pipeline
  const { id } = pipelineOfRun(run, await pipelines());
  const pipeline = await readPipeline(backend, id);
  return pipeline && { run, pipeline };
}

function formOf({ run, pipeline }: RunAndPipeline, cache = run.cache): ParameterForm {
  return openForm(pipeline.parameters, { values: run.parameters, when: `in ${run.label}` }, cache);
}

/** Tells the person why a run cannot be repeated as it was. */
async function sayWhatChanged(run: Run, problems: readonly string[]): Promise<'change' | 'left'> {
  const detail = [...problems, '', 'The form has the values that still fit.'].join('\n');
  const title = `${run.pipeline.name} has changed since ${run.label}: it takes other values now.`;
  const answer = await askModal({ title, detail, warns: true }, 'Run with…');
  return answer === undefined ? 'left' : 'change';
}
