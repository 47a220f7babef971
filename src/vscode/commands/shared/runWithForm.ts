import type { Pipeline } from '../../../core/domain/pipeline.ts';
import { sameJson } from '../../../core/domain/json.ts';
import { openForm, type ParameterForm, valuesToRun } from '../../../core/pipelines/parameterForm.ts';
import { preparationSentences, runQuestion } from '../../../core/pipelines/runQuestion.ts';
import type { PipelineBackend, Preparation } from '../../../core/ports/pipelineBackend.ts';
import { plainSentence } from '../../../core/text/renderQuestionPlain.ts';
import { ask } from '../../window/askQuestion.ts';
import { askForm } from '../../runForm/askForm.ts';
import { Inputs } from '../../window/inputs.ts';
import { keepValues, lastValues } from '../../runForm/lastValues.ts';
import type { Services } from '../../services.ts';
import { readPipeline } from './readPipeline.ts';
import { namedPlace, type PlannedRun, prepare, start } from './startRun.ts';

/** A form with the values that a pipeline was last run with. */
export function lastForm(
  { workspaceState }: Services,
  { connection }: PipelineBackend,
  pipeline: Pipeline,
  cache = true,
): ParameterForm {
  const values = lastValues(workspaceState, { connection: connection.id, pipeline: pipeline.id });
  return openForm(pipeline.parameters, { values, when: 'last time' }, cache);
}

/** Shows the form, and starts the run when the person asks for it there. The values are kept for the next time. */
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
      const agreed =
        now.install.length > 0
          ? await ask(
              runQuestion({ ...run, preparation: now, ...namedPlace(services, backend) }),
              'information',
            )
          : sameAs(now, preparation);
      if (agreed) {
        keepValues(
          services.workspaceState,
          { connection: backend.connection.id, pipeline: pipeline.id },
          form.values,
        );
        // The agreement covers what the form showed, however long ago that was.
        const shown = { ...now, fingerprint: preparation.fingerprint };
        if ((await start(services, backend, run, shown)) === 'again')
          await runAfresh(services, backend, pipeline, form);
        return;
      }
      if (now.fingerprint !== preparation.fingerprint)
        return await runAfresh(services, backend, pipeline, form);
      preparation = now;
    }
  } finally {
    inputs.dispose();
  }
}

/** Shows the form again with its values, for the pipeline as it is now. */
async function runAfresh(
  services: Services,
  backend: PipelineBackend,
  { id }: Pipeline,
  { values, cache }: ParameterForm,
): Promise<void> {
  const pipeline = await readPipeline(backend, id);
  if (pipeline === undefined) return;
  const form = openForm(pipeline.parameters, { values, when: 'just before' }, cache);
  await runWithForm(services, backend, pipeline, form);
}

const planned = (pipeline: Pipeline, form: ParameterForm): PlannedRun => ({
  pipeline,
  values: valuesToRun(form),
  cache: form.cache,
});

/** True when the form still shows what would happen: values may change what differs here. */
function sameAs(now: Preparation, shown: Preparation): boolean {
  const shownParts = ({ runsOn, notes, ...more }: Preparation) => ({
    runsOn,
    before: preparationSentences({ ...more, runsOn, notes }).map(plainSentence),
    notes: notes.map(({ task, message }) => `${task}: ${message}`),
  });
  return sameJson(shownParts(now), shownParts(shown));
}
