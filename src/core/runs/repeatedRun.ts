import type { Json } from '../domain/json.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import { allPipelines } from '../pipelines/allPipelines.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { resolveRun } from './findRun.ts';
import { pipelineOfRun } from './pipelineOfRun.ts';

/** What repeating a run would do. */
export interface RepeatedRun {
  /** The label of the repeated run. */
  readonly run: string;
  readonly pipeline: PipelineId;
  /** Its values with the changes; parameters that the pipeline no longer has are left out, unless they were asked for. */
  readonly parameters: { readonly [name: string]: Json };
  /** The parameters that are changed. */
  readonly changed: readonly string[];
}

/** Reads the run to repeat. Throws MlopsError notFound when the run or its pipeline is gone. */
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
