import type { PipelineId, PipelineSummary } from '../domain/pipeline.ts';
import { size } from '../text/units.ts';
import { MlopsError } from './mlopsError.ts';
import type { PipelineCompiler } from './pipelineCompiler.ts';

/** The error for a Python pipeline that nothing on this machine can compile yet. */
export function needsCompiler({ name }: PipelineSummary, { bytes }: PipelineCompiler): MlopsError {
  const message = `${name} is a Python file, and compiling it needs the Kubeflow Pipelines SDK, which was not found here.`;
  const hint = `Ask @mlops to install the pipeline compiler (about ${size(bytes)} on disk, in an environment of its own), or install it into the Python that the setting mlops.local.python names: pip install kfp==2.17.0.`;
  return new MlopsError('unsupported', message, { hint });
}

/** The error for an id that neither the workspace nor the connection has. */
export function noPipeline(id: PipelineId): MlopsError {
  const hint = 'List the pipelines to see which there are.';
  return new MlopsError('notFound', `There is no pipeline ${id} in the workspace or the samples.`, { hint });
}
