import type { Json } from '../domain/json.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import { allPipelines } from '../pipelines/allPipelines.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { resolveRun } from './findRun.ts';
import { pipelineOfRun } from './pipelineOfRun.ts';

/** What repeating a run comes to. */
export interface RepeatedRun {
  /** What people call the run. */
  readonly run: string;
  readonly pipeline: PipelineId;
  /** The values of that run with the changes in them; what the pipeline no longer takes is left out, unless it was asked for. */
  readonly parameters: { readonly [name: string]: Json };
  /** The parameters that are changed. */
  readonly changed: readonly string[];
}

/** Reads the run that is to be repeated. Throws MlopsError notFound when the run, or its pipeline, is not there. */
export async function repeatedRun(
  backend: PipelineBackend,
  text: string,
  changes: { readonly [name: string]: Json },
  signal: AbortSignal,
): Promise<RepeatedRun> {
  const run = await backend.getRun(await resolveRun(backend, text, signal), signal);
  const { id } = pipelineOfRun(run, await allPipelines(backend, signal));
  const { parameters } = await backend.getPipeline(id, signal);
  const known = new Set(parameters.map(({ name }) => name));
  const kept = Object.entries(run.parameters).filter(([name]) => known.has(name));
  return {
    run: run.label,
    pipeline: id,
    parameters: { ...Object.fromEntries(kept), ...changes },
    changed: Object.keys(changes),
  };
}
