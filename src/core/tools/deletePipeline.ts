import * as z from 'zod';
import type { JsonObject } from '../domain/json.ts';
import { onPlace } from '../domain/question.ts';
import {
  deleteKept,
  deleteKeptQuestion,
  type Kept,
  keptExperiment,
  keptPipeline,
} from '../pipelines/deleteKept.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { pipelineIn, unquote } from '../sentences/words.ts';
import { code, nameText } from '../text/markdown.ts';
import { experimentField, pipelineField } from './fields.ts';
import { defineTool, type ToolDeps } from './tool.ts';

const input = z.strictObject({
  pipeline: pipelineField.optional().describe('Its name, or one of its versions: "churn version 2".'),
  experiment: experimentField.optional(),
});
type Input = z.infer<typeof input>;

export const deletePipelineTool = defineTool({
  name: 'mlops_delete_pipeline',
  title: 'Delete a pipeline, version or experiment',
  userDescription:
    'Deletes a pipeline, a version or an experiment from a Kubeflow server, after asking twice.',
  modelDescription:
    'Deletes a pipeline, one version of it, or an experiment from a Kubeflow server for good, after the person has confirmed; runs and files of the workspace stay. Only when the person asked for it. Runs: mlops_delete_runs.',
  kept: true,
  effect: 'destroy',
  input,
  progress: ({ pipeline, experiment }) => `Deleting ${nameText(pipeline ?? experiment ?? '')}`,
  confirm: async (request, deps, signal) => {
    const kept = await keptIn(request, deps, signal);
    return { input: inputOf(kept), question: onPlace(deleteKeptQuestion(kept), deps.place) };
  },
  run: async (request, deps, signal) => {
    const kept = await keptIn(request, deps, signal);
    const agreed = await deps.ask(onPlace(deleteKeptQuestion(kept), deps.place));
    if (agreed) await deleteKept(await deps.backend(), kept, signal);
    return { kept, agreed };
  },
  render: ({ kept, agreed }) =>
    agreed ? `${wordsFor(kept)} was deleted.` : `${wordsFor(kept)} was not deleted: the person said no.`,
  mentions: () => [],
  did: ({ kept, agreed }) => (agreed ? `Deleted ${wordsFor(kept, 'the')}` : undefined),
  examples: [
    {
      say: 'delete the pipeline churn',
      means: { pipeline: 'churn' },
      does: 'from a Kubeflow server; asks twice',
    },
    { say: 'delete churn version 2', means: { pipeline: 'churn version 2' }, does: 'only that version' },
    { say: 'delete the experiment depth-study', means: { experiment: 'depth-study' }, does: 'its runs stay' },
  ],
  sentences: [
    {
      pattern:
        /^(?:delete|remove|erase|get rid of|throw away|l(?:ö|oe)sche?|entferne) (?:the |das )?experiment (?<name>.+)$/i,
      means: ({ name = '' }) => ({ experiment: unquote(name) }),
    },
    {
      pattern:
        /^(?:delete|remove) (?:the )?(?:pipeline (?<name>.+)|(?<version>.+? version .+|version .+ of .+))$/i,
      means: ({ name, version }, focus) => {
        const pipeline = pipelineIn(name ?? version, focus);
        return pipeline === undefined ? undefined : { pipeline };
      },
    },
  ],
});

async function keptIn({ pipeline, experiment }: Input, deps: ToolDeps, signal: AbortSignal): Promise<Kept> {
  const backend = await deps.backend();
  if ((pipeline === undefined) === (experiment === undefined))
    throw new MlopsError('invalid', 'What is to be deleted is not clear.', {
      hint: 'Name a pipeline or an experiment.',
    });
  return pipeline === undefined
    ? keptExperiment(backend, experiment ?? '', signal)
    : keptPipeline(backend, pipeline, signal);
}

function inputOf(kept: Kept): JsonObject {
  if (kept.kind === 'experiment') return { experiment: kept.experiment.id };
  return { pipeline: kept.kind === 'version' ? kept.version.id : kept.pipeline.id };
}

function wordsFor(kept: Kept, the: 'The' | 'the' = 'The'): string {
  const of = kept.kind === 'version' ? ` of ${code(kept.of)}` : '';
  return `${the} ${kept.kind} ${code(kept.name)}${of}`;
}
