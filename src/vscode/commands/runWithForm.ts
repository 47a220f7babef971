import type { Pipeline } from '../../core/domain/pipeline.ts';
import { sameJson } from '../../core/domain/json.ts';
import { openForm, type ParameterForm, valuesToRun } from '../../core/pipelines/parameterForm.ts';
import type { PipelineBackend, Preparation } from '../../core/ports/pipelineBackend.ts';
import { askForm } from '../runForm/askForm.ts';
import { Inputs } from '../window/inputs.ts';
import { keepValues, lastValues } from '../runForm/lastValues.ts';
import type { Services } from '../services.ts';
import { askModal } from '../window/messages.ts';
import { runQuestion } from './runQuestion.ts';
import { type PlannedRun, prepare, start } from './startRun.ts';

/** A form with the values that a pipeline was last run with. */
export function lastForm({ workspaceState }: Services, pipeline: Pipeline, cache = true): ParameterForm {
  const values = lastValues(workspaceState, pipeline.id);
  return openForm(pipeline.parameters, { values, when: 'last time' }, cache);
}

/** Shows the form, and starts the run when the person says so there. The values are kept for the next time. */
export async function runWithForm(
  services: Services,
  backend: PipelineBackend,
  pipeline: Pipeline,
  begun: ParameterForm,
): Promise<void> {
  const inputs = new Inputs();
  try {
    let form: ParameterForm | undefined = begun;
    let preparation = await prepare(backend, planned(pipeline, form));
    while (preparation !== undefined) {
      form = await askForm(inputs, pipeline, form, preparation);
      if (form === undefined) return;
      const run = planned(pipeline, form);
      const now = await prepare(backend, run);
      if (now === undefined) return;
      const agreed = now.install.length > 0 ? await agreesToInstall(run, now) : sameAs(now, preparation);
      if (agreed) {
        keepValues(services.workspaceState, pipeline.id, form.values);
        await start(backend, run, now);
        return;
      }
      preparation = now;
    }
  } finally {
    inputs.dispose();
  }
}

const planned = (pipeline: Pipeline, form: ParameterForm): PlannedRun => ({
  pipeline,
  values: valuesToRun(form),
  cache: form.cache,
});

/** True when the form still says what would happen: values may change what is different here. */
function sameAs(now: Preparation, shown: Preparation): boolean {
  const said = ({ runsOn, notes }: Preparation) => ({
    runsOn,
    notes: notes.map(({ task, message }) => `${task}: ${message}`),
  });
  return sameJson(said(now), said(shown));
}

async function agreesToInstall(run: PlannedRun, preparation: Preparation): Promise<boolean> {
  const { title, detail, yes } = runQuestion(run, preparation);
  return (await askModal({ title, detail }, yes)) === yes;
}
