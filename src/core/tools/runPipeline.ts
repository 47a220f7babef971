import * as z from 'zod';
import type { Json } from '../domain/json.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { planRun, type RunPlan } from '../pipelines/planRun.ts';
import { lastGoodRun } from '../runs/lastGoodRun.ts';
import { waitForRun } from '../runs/waitForRun.ts';
import { code, plain, table } from '../text/markdown.ts';
import { size as bytes } from '../text/units.ts';
import { value } from '../text/values.ts';
import { remarks } from './describePipeline.ts';
import { pipelineField, waitField } from './fields.ts';
import { mentionsOfRun, renderWaited } from './runResult.ts';
import { type Confirmation, defineTool, type ToolDeps } from './tool.ts';

const input = z.strictObject({
  pipeline: pipelineField,
  parameters: z
    .record(z.string(), z.json())
    .optional()
    .describe('Values by parameter name. Leave out those that keep their default.'),
  name: z.string().min(1).max(200).optional().describe('A name for the run, when the person gave one.'),
  cache: z.boolean().optional().describe('false runs every task anew; true (default) reuses results that did not change.'),
  wait: waitField,
});
type Input = z.infer<typeof input>;

export const runPipeline = defineTool({
  name: 'mlops_run_pipeline',
  title: 'Run a pipeline',
  userDescription: 'Runs a pipeline, after asking, and waits for its result.',
  modelDescription:
    'Starts one run of an ML pipeline and waits for it (at most `wait` seconds). The person is asked first and sees every parameter. Returns the run id, its state, metrics and how they compare with the last good run. Use it only when the person asked to run. Call it once for each run wanted: never again for the same run when the wait ends early (use mlops_wait_for_run).',
  effect: 'write',
  input,
  progress: ({ pipeline }) => `Running ${pipeline}`,
  confirm: async (request, deps, signal) => confirmation(await plan(request, deps, signal), deps),
  run: async (request, deps, signal) => {
    const { pipeline, given } = await plan(request, deps, signal);
    const id = await deps.backend.createRun(
      {
        pipeline: pipeline.id,
        parameters: given,
        cache: request.cache ?? true,
        idempotencyKey: deps.idempotencyKey,
        ...(request.name === undefined ? {} : { name: request.name }),
      },
      signal,
    );
    deps.report(`${id}: started`);
    const waited = await waitForRun(id, request.wait ?? 60, deps, signal);
    return { ...waited, previous: await lastGoodRun(deps.backend, waited.run, signal), started: true };
  },
  render: renderWaited,
  mentions: ({ run, previous }) => mentionsOfRun(run, previous),
});

const plan = (request: Input, deps: ToolDeps, signal: AbortSignal): Promise<RunPlan> =>
  planRun(
    deps.backend,
    { pipeline: request.pipeline, parameters: request.parameters ?? {}, cache: request.cache ?? true },
    signal,
  );

function confirmation({ pipeline, values, given, preparation }: RunPlan, deps: ToolDeps): Confirmation {
  const where = deps.backend.connection.name;
  const install =
    preparation.install.length === 0
      ? ''
      : `Installs ${preparation.install.map(code).join(', ')}${preparation.installBytes === undefined ? '' : ` (about ${bytes(preparation.installBytes)})`} into an environment of its own.`;
  const verb = preparation.install.length === 0 ? 'Run' : 'Install packages and run';
  return {
    title: `${verb} ${pipeline.name} on ${where}?`,
    message: [
      valuesTable(pipeline, values, given),
      install,
      `Runs on ${plain(preparation.runsOn)}.`,
      remarks('Different here:', preparation.notes),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
  };
}

function valuesTable(pipeline: Pipeline, values: RunPlan['values'], given: { readonly [name: string]: Json }): string {
  if (pipeline.parameters.length === 0) return 'It takes no parameters.';
  return table(
    ['parameter', 'value', ''],
    pipeline.parameters.map(({ name }) => [code(name), value(values[name]), name in given ? '**set**' : 'default']),
  );
}
