import type { Json } from '../domain/json.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import { findPipeline } from '../pipelines/findPipeline.ts';
import { allPipelines } from '../pipelines/allPipelines.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { isRunOf } from '../domain/pipelineVariant.ts';
import { resolveRun } from './findRun.ts';
import { pipelineOfRun } from './pipelineOfRun.ts';

/** A run whose values are taken, and what is to be different. */
export interface Repetition {
  readonly run: string;
  /** The pipeline to run; left out: that of the run. */
  readonly pipeline?: string | undefined;
  readonly changes: { readonly [name: string]: Json };
}

/** What repeating a run would do. */
export interface RepeatedRun {
  /** The label of the run that is repeated; undefined where another pipeline takes its values. */
  readonly run: string | undefined;
  readonly pipeline: PipelineId;
  /** Its values with the changes; parameters that the pipeline no longer has are left out, unless they were asked for. */
  readonly parameters: { readonly [name: string]: Json };
  /** The parameters that are changed, or all that are given to another pipeline. */
  readonly changed: readonly string[];
}

/** Reads the run to repeat. Throws MlopsError notFound when the run or its pipeline is gone. */
export async function repeatedRun(
  backend: PipelineBackend,
  { run: text, pipeline, changes }: Repetition,
  signal: AbortSignal,
): Promise<RepeatedRun> {
  const run = await backend.getRun(await resolveRun(backend, text, signal), signal);
  const chosen =
    pipeline === undefined
      ? pipelineOfRun(run, await allPipelines(backend, signal))
      : await findPipeline(backend, pipeline, signal);
  const { id } = chosen;
  const repeats = pipeline === undefined || isRunOf(chosen, run.pipeline);
  const { parameters } = await backend.getPipeline(id, signal);
  const known = new Set(parameters.map(({ name }) => name));
  const kept = Object.entries(run.parameters).filter(([name]) => known.has(name));
  const all = { ...Object.fromEntries(kept), ...changes };
  return {
    run: repeats ? run.label : undefined,
    pipeline: id,
    parameters: all,
    changed: Object.keys(repeats ? changes : all),
  };
}
