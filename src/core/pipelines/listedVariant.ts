import type { PipelineId, PipelineSummary } from '../domain/pipeline.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { allPipelines } from './allPipelines.ts';

/**
 * A pipeline as it is listed, also one with a problem, which cannot be read in full. For the variant that lists leave out, its
 * own file. Throws MlopsError notFound.
 */
export async function listedVariant(
  backend: PipelineBackend,
  id: PipelineId,
  signal: AbortSignal,
): Promise<Pick<PipelineSummary, 'name' | 'source' | 'problem' | 'twin'>> {
  const all = await allPipelines(backend, signal);
  const listed = all.find((pipeline) => pipeline.id === id);
  if (listed !== undefined) return listed;
  for (const { name, twin } of all) if (twin?.id === id) return { name, source: twin.source };
  throw new MlopsError('notFound', 'This pipeline is not there any more.', { hint: 'Refresh the list.' });
}
