import * as z from 'zod';
import type { Json, JsonObject } from '../domain/json.ts';
import type { Pipeline } from '../domain/pipeline.ts';
import { own } from '../domain/own.ts';
import { planRun, type RunPlan } from '../pipelines/planRun.ts';
import { lastGoodRun } from '../runs/lastGoodRun.ts';
import { waitForRun } from '../runs/waitForRun.ts';
import { named } from '../text/literal.ts';
import { breakable, code, nameText } from '../text/markdown.ts';
import { size } from '../text/units.ts';
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
  cache: z
    .boolean()
    .optional()
    .describe('false runs every task anew; true (default) reuses results that did not change.'),
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
  progress: ({ pipeline }) => `Running ${nameText(pipeline)}`,
  confirm: async (request, deps, signal) => {
    const planned = await plan(request, deps, signal);
    return { ...confirmation(planned, deps), input: asShown(request, planned) };
  },
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
    deps.report(`${named(id)}: started`);
    const waited = await waitForRun(id, request.wait ?? 60, deps, signal);
    return { ...waited, previous: await lastGoodRun(deps.backend, waited.run, signal), started: true };
  },
  render: renderWaited,
  mentions: ({ run, previous }) => mentionsOfRun(run, previous),
});

/** Every value as the person saw it, so that a default that changes meanwhile changes nothing. */
function asShown(request: Input, { pipeline, values }: RunPlan): JsonObject {
  const parameters = Object.entries(values).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined,
  );
  const { name, cache, wait } = request;
  return {
    pipeline: pipeline.id,
    parameters: Object.fromEntries(parameters),
    ...(name === undefined ? {} : { name }),
    ...(cache === undefined ? {} : { cache }),
    ...(wait === undefined ? {} : { wait }),
  };
}

const plan = (request: Input, deps: ToolDeps, signal: AbortSignal): Promise<RunPlan> =>
  planRun(
    deps.backend,
    { pipeline: request.pipeline, parameters: request.parameters ?? {}, cache: request.cache ?? true },
    signal,
  );

function confirmation({ pipeline, values, given, preparation }: RunPlan, deps: ToolDeps): Confirmation {
  const { install, installBytes } = preparation;
  const bytes = installBytes === undefined ? '' : ` (about ${size(installBytes)})`;
  const verb = install.length === 0 ? 'Run' : 'Install packages and run';
  return {
    title: `${verb} ${nameText(pipeline.name)} on ${nameText(deps.backend.connection.name)}?`,
    message: [
      parameterLines(pipeline, values, given),
      install.length === 0
        ? ''
        : `Installs ${install.map(code).join(', ')}${bytes} into an environment of its own.`,
      `From ${code(pipeline.source.label ?? pipeline.name)} with ${breakable(preparation.runsOn)}.`,
      remarks('Different here:', preparation.notes),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
  };
}

/** What was set first, then every default: the box that shows it is small. */
function parameterLines(
  pipeline: Pipeline,
  values: RunPlan['values'],
  given: { readonly [name: string]: Json },
): string {
  const show = (names: readonly string[]) =>
    names.map((name) => `${code(name)} = ${value(name, own(values, name))}`).join(', ');
  const names = pipeline.parameters.map(({ name }) => name);
  const set = names.filter((name) => Object.hasOwn(given, name));
  const defaults = names.filter((name) => !Object.hasOwn(given, name));
  const lines = [
    set.length === 0 ? '' : `Set: ${show(set)}`,
    defaults.length === 0 ? '' : `Defaults: ${show(defaults)}`,
  ];
  return names.length === 0 ? 'It takes no parameters.' : lines.filter((line) => line !== '').join('\n\n');
}
