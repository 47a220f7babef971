import { afterColon, ended, sentences } from '../text/sentences.ts';
import type { Json } from '../domain/json.ts';
import type { Pipeline, Remark } from '../domain/pipeline.ts';
import { own } from '../domain/own.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend, Preparation } from '../ports/pipelineBackend.ts';
import { asName } from '../text/literal.ts';
import { checkParameters, typeNames } from './checkParameters.ts';
import { findPipeline } from './findPipeline.ts';

/** A requested run, in people's words. */
export interface RunWish {
  /** A pipeline's name, id or file. */
  readonly pipeline: string;
  readonly parameters: { readonly [name: string]: Json };
  readonly cache: boolean;
}

/** A run that can start: the pipeline, the checked values, all values, and the preparation. */
export interface RunPlan {
  readonly pipeline: Pipeline;
  readonly given: { readonly [name: string]: Json };
  /** Every parameter's value, defaults filled in. */
  readonly values: { readonly [name: string]: Json | undefined };
  readonly preparation: Preparation;
}

/**
 * Checks everything that can be checked before a start, so that nobody is asked about a run that cannot start.
 * Throws MlopsError: notFound or conflict (no such pipeline), invalid (a broken pipeline, wrong parameters),
 * unsupported (it cannot run on this connection; the message names each reason).
 */
export async function planRun(
  backend: PipelineBackend,
  wish: RunWish,
  signal: AbortSignal,
): Promise<RunPlan> {
  const summary = await findPipeline(backend, wish.pipeline, signal);
  const pipeline = await backend.getPipeline(summary.id, signal);
  if (pipeline.problem !== undefined) throw broken(pipeline);
  const checked = checkParameters(pipeline.parameters, wish.parameters);
  if (!checked.ok) {
    throw new MlopsError(
      'invalid',
      `${asName(pipeline.name)} cannot run with these parameters: ${afterColon(checked.problems.join(' '))}`,
      {
        hint: `Its parameters are ${pipeline.parameters.map((parameter) => `${asName(parameter.name)} (${typeNames[parameter.type]})`).join(', ') || 'none'}.`,
      },
    );
  }
  const given = checked.values;
  const preparation = await backend.prepareRun(
    { pipeline: pipeline.id, parameters: given, cache: wish.cache, idempotencyKey: '' },
    signal,
  );
  if (preparation.blockers.length > 0) throw blocked(pipeline, preparation.blockers);
  const values = Object.fromEntries(
    pipeline.parameters.map(({ name, default: fallback }) => [
      name,
      Object.hasOwn(given, name) ? own(given, name) : fallback,
    ]),
  );
  return { pipeline, given, values, preparation };
}

/** The error for a pipeline that cannot be read. */
export function broken({ name, problem, source }: Pipeline): MlopsError {
  const line = problem?.line === undefined ? '' : `, line ${problem.line}`;
  const where = source.label === undefined ? '' : ` (${asName(source.label)}${line})`;
  return new MlopsError('invalid', `${asName(name)}${where} cannot be read:`, {
    outside: problem?.message,
    hint: problem?.hint,
  });
}

/** The error for a pipeline that cannot run there, with each reason. */
export function blocked(pipeline: Pipeline, blockers: readonly Remark[]): MlopsError {
  const hints = [...new Set(blockers.map((blocker) => blocker.hint).filter((hint) => hint !== undefined))];
  return new MlopsError(
    'unsupported',
    `${asName(pipeline.name)} cannot run here. ${blockers.map((blocker) => ended(blocker.message)).join(' ')} Nothing was started.`,
    { hint: hints.length === 0 ? undefined : sentences(...hints) },
  );
}
