import * as z from 'zod';
import { compiledPlan } from '../pipelines/compiledPlan.ts';
import { libraryOf } from '../pipelines/keptPipelines.ts';
import { planUpload, uploadQuestion, type UploadPlan } from '../pipelines/planUpload.ts';
import { ChangedSince } from '../ports/changedSince.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { pipelineIn, unquote } from '../sentences/words.ts';
import { asName } from '../text/literal.ts';
import { code, nameText } from '../text/markdown.ts';
import { pipelineField } from './fields.ts';
import { defineTool, type ToolDeps } from './tool.ts';

const nameField = z.string().min(1).max(128).optional();

const input = z.strictObject({
  pipeline: pipelineField,
  name: nameField.describe('Another name for it there.'),
  version: nameField.describe('A name for the version; default: the next number.'),
});
type Input = z.infer<typeof input>;

export const uploadPipelineTool = defineTool({
  name: 'mlops_upload_pipeline',
  title: 'Upload a pipeline',
  userDescription: 'Uploads a pipeline of the workspace to a Kubeflow server, after asking.',
  modelDescription:
    'Uploads a pipeline of the workspace to a Kubeflow server, after the person has confirmed: as a new version of the one of that name, else as a new pipeline. It runs nothing, and a run needs no upload. Only when the person asked to upload or publish.',
  kept: true,
  effect: 'write',
  input,
  progress: ({ pipeline }) => `Uploading ${nameText(pipeline)}`,
  confirm: async (request, deps, signal) => {
    const backend = await deps.backend();
    const plan = await planUpload(backend, request, signal);
    const { pipeline, name, version, preparation } = plan;
    return {
      input: { pipeline: pipeline.id, name, ...(version === undefined ? {} : { version }) },
      question: uploadQuestion(plan, backend),
      agreed: preparation.fingerprint,
    };
  },
  run: async (request, deps, signal) => {
    const backend = await deps.backend();
    const plan = await agreedPlan(request, { ...deps, backend }, signal);
    const { pipeline, name, into, version, preparation } = plan;
    const made = await libraryOf(backend).upload(
      {
        pipeline: pipeline.id,
        name: version ?? name,
        agreed: preparation.fingerprint,
        ...(into === undefined ? {} : { into }),
      },
      signal,
    );
    return { made, name, isNew: into === undefined };
  },
  render: ({ made, name, isNew }) =>
    isNew
      ? `**${code(name)} was uploaded** as a new pipeline. It was not run.`
      : `**${code(name)} was uploaded** as version ${made.number}, ${code(made.name)}: what runs of it take from now on. It was not run.`,
  mentions: ({ made, name }) => [{ kind: 'pipeline', id: made.pipeline, name, source: { kind: 'server' } }],
  did: ({ made, name, isNew }) => `Uploaded ${code(name)}${isNew ? '' : ` as version ${code(made.name)}`}`,
  examples: [
    { say: 'upload iris', means: { pipeline: 'iris' }, does: 'to a Kubeflow server, as a new version' },
  ],
  sentences: [
    {
      pattern:
        /^(?:(?:upload|publish|push|put|deploy) (?:the |my )?(?<what>.+?) (?:to|on|onto) (?:the |our )?(?:server|cluster|kubeflow)|(?:make|create|upload) (?:a )?new version of (?<of>.+?)(?: (?:on|to) (?:the |our )?(?:server|cluster|kubeflow))?|lade? (?<hoch>.+?) hoch)$/i,
      means: ({ what, of, hoch }, focus) => {
        const pipeline = pipelineIn(what ?? of ?? hoch, focus);
        return pipeline === undefined ? undefined : { pipeline };
      },
    },
    {
      pattern:
        /^(?:upload|publish) (?!\S+ (?:to|into|in|under) \S+$)(?<what>.+?)(?: as (?:a )?(?:new )?(?:version|pipeline)(?: (?:called |named )?(?<version>.+?))?| as (?<name>.+?))?$/i,
      means: ({ what, version, name }, focus) => {
        const pipeline = pipelineIn(what?.replace(/^(?:a|the) new version of /i, ''), focus);
        if (pipeline === undefined) return undefined;
        return {
          pipeline,
          version: version === undefined ? undefined : unquote(version),
          name: name === undefined ? undefined : unquote(name),
        };
      },
    },
  ],
});

type Deps = Pick<ToolDeps, 'agreed'> & { readonly backend: PipelineBackend };

/** What is uploaded: what was shown, with a Python file compiled, which the person agreed to. */
async function agreedPlan(request: Input, deps: Deps, signal: AbortSignal): Promise<UploadPlan> {
  const { backend, agreed } = deps;
  const plan = () => planUpload(backend, request, signal);
  const asked = await plan();
  if (agreed !== undefined) {
    if (agreed !== asked.preparation.fingerprint) throw new ChangedSince(asked.pipeline.name, ['its code']);
    if ((asked.version === undefined) !== (request.version === undefined))
      throw new MlopsError(
        'conflict',
        `Whether ${asName(asked.name)} is there has changed since you were asked.`,
        {
          hint: 'Make the call again.',
        },
      );
  }
  if (asked.preparation.compiles === undefined) return asked;
  const compiled = await compiledPlan(backend, asked, plan, signal);
  return { ...asked, ...compiled };
}
