import type { Pipeline, PipelineSummary } from '../../core/domain/pipeline.ts';
import type { Run } from '../../core/domain/run.ts';
import { allPipelines } from '../../core/pipelines/allPipelines.ts';
import { openForm, type ParameterForm, valuesToRun } from '../../core/pipelines/parameterForm.ts';
import { pipelineOfRun } from '../../core/runs/pipelineOfRun.ts';
import { checkParameters } from '../../core/pipelines/checkParameters.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { saveCodeOf } from '../code/saveBeside.ts';
import type { Services } from '../services.ts';
import { deadline } from '../deadline.ts';
import { askModal } from '../window/messages.ts';
import { changingBackend } from './shared/allowed.ts';
import { chooseLastRun } from './shared/lastRun.ts';
import { readPipeline } from './shared/readPipeline.ts';
import { runWithForm } from './shared/runWithForm.ts';
import { askAndStart } from './shared/startRun.ts';
import type { Handler } from './table.ts';

/** Asks once and runs the same pipeline with the same values: of a run, else of the last one. */
export function runAgain(services: Services): Handler {
  return (...args) => repeat(services, args, {});
}

/** Shows the form filled with a run's values. */
export function runAgainWith(services: Services): Handler {
  return async (...args) => {
    const backend = await changingBackend(services, 'write');
    const found = await runAndPipeline(backend, args);
    if (found !== undefined) await runWithForm(services, backend, found.pipeline, formOf(found));
  };
}

/** Asks once and starts a run like an earlier one; when its values do not fit any more, says so and offers the form. */
export async function repeat(
  services: Services,
  args: readonly unknown[],
  { cache }: { readonly cache?: boolean },
): Promise<void> {
  const backend = await changingBackend(services, 'write');
  const found = await runAndPipeline(backend, args);
  if (found === undefined) return;
  const { run, pipeline } = found;
  const form = formOf(found, cache);
  const checked = checkParameters(pipeline.parameters, run.parameters);
  const planned = { pipeline, values: valuesToRun(form), cache: form.cache, again: run.id };
  const answer = checked.ok
    ? await askAndStart(backend, planned)
    : await sayWhatChanged(run, checked.problems);
  if (answer === 'change') await runWithForm(services, backend, pipeline, form);
  else if (answer === 'again') await repeat(services, [run.id], cache === undefined ? {} : { cache });
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
  if (await saveCodeOf(run.pipeline.source)) listed = undefined; // what was saved may hold another pipeline
  const { id } = pipelineOfRun(run, await pipelines());
  const pipeline = await readPipeline(backend, id);
  return pipeline && { run, pipeline };
}

function formOf({ run, pipeline }: RunAndPipeline, cache = run.cache): ParameterForm {
  return openForm(pipeline.parameters, { values: run.parameters, when: `in ${run.id}` }, cache);
}

/** Says why a run cannot be repeated as it was. */
async function sayWhatChanged(run: Run, problems: readonly string[]): Promise<'change' | 'left'> {
  const detail = [...problems, '', 'The form has the values that still fit.'].join('\n');
  const title = `${run.pipeline.name} has changed since ${run.id}: it takes other values now.`;
  const answer = await askModal({ title, detail, warns: true }, 'Run with…');
  return answer === undefined ? 'left' : 'change';
}
