import * as z from 'zod';
import type { Json, JsonObject } from '../domain/json.ts';
import type { RunId } from '../domain/run.ts';
import { compiledPlan, showsMore } from '../pipelines/compiledPlan.ts';
import { planRun, type RunPlan } from '../pipelines/planRun.ts';
import { runQuestion } from '../pipelines/runQuestion.ts';
import { ChangedSince } from '../ports/changedSince.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { isCancelled, MlopsError, toMlopsError } from '../ports/mlopsError.ts';
import { findExperiment } from '../runs/findExperiment.ts';
import { lastGoodRun } from '../runs/lastGoodRun.ts';
import { type RepeatedRun, repeatedRun } from '../runs/repeatedRun.ts';
import { waitForRun } from '../runs/waitForRun.ts';
import { startRun } from '../sentences/startRun.ts';
import { asName } from '../text/literal.ts';
import { afterColon } from '../text/sentences.ts';
import { nameText } from '../text/markdown.ts';
import { experimentField, pipelineField, runField, waitField } from './fields.ts';
import { anyJson } from './inputSchema.ts';
import { mentionsOfRun, ranText, renderWaited } from './runResult.ts';
import { type Confirmation, defineTool, type ToolDeps } from './tool.ts';

const input = z.strictObject({
  pipeline: pipelineField.optional().describe('Its name or file; with `like` it may be left out.'),
  like: runField
    .optional()
    .describe('A run whose values are kept where none is given: for "run it again", "the same, but with …".'),
  again: runField.optional().meta({ deprecated: true }).describe('An older name of `like`.'),
  parameters: z.record(z.string(), anyJson).optional().describe('By name; leave out those that stay.'),
  name: z.string().min(1).max(200).optional().describe('Only when the person gave one.'),
  experiment: experimentField.optional().describe('The experiment that gets the run.'),
  cache: z.boolean().optional().describe('false: every task runs anew.'),
  wait: waitField,
});
type Input = z.infer<typeof input>;

export const runPipelineTool = defineTool({
  name: 'mlops_run_pipeline',
  title: 'Run a pipeline',
  userDescription: 'Runs a pipeline, after asking, and waits for its result.',
  modelDescription:
    'Starts one run, after the person has confirmed every parameter, and waits for it. Returns id, state, metrics and how they compare with the last good run. Only when the person asked to run; once for each run wanted. When the wait ends early: mlops_wait_for_run.',
  effect: 'write',
  input,
  progress: ({ pipeline, like, again = like }) =>
    pipeline === undefined
      ? `Running ${nameText(again ?? 'a pipeline')} again`
      : `Running ${nameText(pipeline)}`,
  confirm: async (request, deps, signal) => {
    const backend = await deps.backend();
    const experiment = await experimentOf(request, backend, signal);
    return confirmation(
      { ...request, experiment: experiment?.name },
      await plan(request, backend, signal),
      backend,
    );
  },
  run: async (request, deps, signal) => {
    const backend = await deps.backend();
    const { pipeline, given, agreed } = await compiled(request, { ...deps, backend }, signal);
    const id = await backend.createRun(
      {
        pipeline: pipeline.id,
        parameters: given,
        cache: request.cache ?? true,
        idempotencyKey: deps.idempotencyKey,
        ...(request.name === undefined ? {} : { name: request.name }),
        ...(await intoExperiment(request, backend, signal)),
        ...(agreed === undefined ? {} : { agreed }),
      },
      signal,
    );
    const waited = await waitForRun(id, request.wait ?? 60, { ...deps, backend }, signal).catch(
      (error: unknown) => {
        throw isCancelled(error) ? error : afterStart(id, error);
      },
    );
    // The comparison is an extra: without the last good run the answer is still about this run.
    const previous = await lastGoodRun(backend, waited.run, signal).catch(() => undefined);
    return { ...waited, previous, started: true };
  },
  render: renderWaited,
  mentions: ({ run, previous }) => mentionsOfRun(run, previous),
  did: ({ run }) => ranText(run),
  examples: [
    { say: 'run iris', means: { pipeline: 'iris' } },
    {
      say: 'run iris with max_depth 3',
      means: { pipeline: 'iris', parameters: { max_depth: '3' } },
      does: 'asks first and shows every parameter, then runs and tells how it did',
    },
    { say: 'run iris without cache', means: { pipeline: 'iris', cache: false }, does: 'every task anew' },
    { say: 'run iris-12 again', means: { like: 'iris-12' }, does: 'with the values that it had' },
  ],
  sentences: [
    { pattern: /^(?<verb>run|start|execute|launch|rerun|re-run|try)(?: (?<what>.+))?$/i, means: startRun },
  ],
  slash: {
    name: 'run',
    description: 'Run a pipeline: /run iris max_depth=3',
    sentence: (rest) => `run ${rest}`.trim(),
  },
});

/** An error of what follows a start: it names the run, so that nobody starts it a second time. */
function afterStart(id: RunId, error: unknown): MlopsError {
  const { kind, words, outside } = toMlopsError(error);
  const name = asName(id);
  const hint = `The run goes on by itself: wait for ${name} or look at it later, and do not start it again.`;
  return new MlopsError(kind, `${name} was started, but could not be looked at: ${afterColon(words)}`, {
    hint,
    outside,
    cause: error,
  });
}

/** The experiment that a request names. Throws MlopsError notFound. */
async function experimentOf({ experiment }: Input, backend: PipelineBackend, signal: AbortSignal) {
  return experiment === undefined ? undefined : findExperiment(backend, experiment, signal);
}

async function intoExperiment(request: Input, backend: PipelineBackend, signal: AbortSignal) {
  const experiment = await experimentOf(request, backend, signal);
  return experiment === undefined ? {} : { experiment: experiment.id };
}

/** Every value as the person saw it, so that a default that changes meanwhile changes nothing. */
function asShown(request: Input, { pipeline, values }: RunPlan): JsonObject {
  const parameters = Object.entries(values).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined,
  );
  const { name, cache, wait, experiment } = request;
  return {
    pipeline: pipeline.id,
    parameters: Object.fromEntries(parameters),
    ...(name === undefined ? {} : { name }),
    ...(experiment === undefined ? {} : { experiment }),
    ...(cache === false ? { cache } : {}),
    ...(wait === undefined ? {} : { wait }),
  };
}

interface Planned extends RunPlan {
  /** The run whose values are taken, and the parameters that are changed in it. */
  readonly like?: RepeatedRun;
}

async function plan(request: Input, backend: PipelineBackend, signal: AbortSignal): Promise<Planned> {
  const { pipeline, parameters = {}, cache = true, again, like = again } = request;
  if (like !== undefined) {
    const base = await repeatedRun(backend, { run: like, pipeline, changes: parameters }, signal);
    const wish = { pipeline: base.pipeline, parameters: base.parameters, cache };
    return { ...(await planRun(backend, wish, signal)), like: base };
  }
  if (pipeline === undefined)
    throw new MlopsError('invalid', 'No pipeline was named.', {
      hint: 'Name one, or the run whose values are taken (like).',
    });
  return planRun(backend, { pipeline, parameters, cache }, signal);
}

type CompileDeps = Pick<ToolDeps, 'agreed' | 'ask'> & { readonly backend: PipelineBackend };

type Agreed = Planned & { readonly agreed: string | undefined };

/**
 * What runs, and the fingerprint that the person agreed to. A Python file is compiled first; where the compiled pipeline shows
 * other values or more packages than the question did, the person is asked once more.
 */
async function compiled(request: Input, deps: CompileDeps, signal: AbortSignal): Promise<Agreed> {
  const { backend } = deps;
  const asked = await plan(request, backend, signal);
  if (asked.preparation.compiles === undefined) return { ...asked, agreed: deps.agreed };
  if (deps.agreed !== undefined && deps.agreed !== asked.preparation.fingerprint)
    throw new ChangedSince(asked.pipeline.name, ['its code']);
  const now = await compiledPlan(backend, asked, () => plan(request, backend, signal), signal);
  if (!showsMore(asked, now) || (await deps.ask(confirmation(request, now, backend).question)))
    return { ...now, agreed: now.preparation.fingerprint };
  throw new MlopsError('forbidden', `The answer was no: ${asName(now.pipeline.name)} was not run.`);
}

function confirmation(request: Input, planned: Planned, backend: PipelineBackend): Confirmation {
  const { pipeline, values, given, preparation, like } = planned;
  const { connection } = backend;
  const { name, experiment } = request;
  const cache = request.cache ?? true;
  const set = like?.changed ?? Object.keys(given);
  const { fingerprint, sources, compiles } = preparation;
  const input = asShown(request, planned);
  const standing = {
    run: withoutWait(input),
    packages: pipeline.packages,
    sources: sources.map(({ kind, value }) => ({ kind, value })),
    fingerprint,
  };
  return {
    question: runQuestion({
      pipeline,
      values,
      set,
      preparation,
      cache,
      name,
      experiment,
      connection,
      again: like?.run,
    }),
    input,
    agreed: fingerprint,
    // What a file runs is not known before it is compiled, so a yes to it holds for no later run.
    ...(compiles === undefined ? { standing } : {}),
  };
}

/** The input without the time to wait, which does not change what runs. */
function withoutWait(input: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(input).filter(([name]) => name !== 'wait'));
}
