import { ownFile, type PipelineId, type PipelineSource, type PipelineSummary } from './pipeline.ts';

/** A pipeline as its Python function or as what that was compiled to. */
export interface PipelineVariant {
  readonly id: PipelineId;
  readonly source?: PipelineSource;
}

/** A pipeline with its other variant, if it has one. */
export type WithTwin = PipelineVariant & { readonly twin?: PipelineVariant };

/** The variants of a pipeline; the listed one comes first. */
export function variantsOf(pipeline: WithTwin): readonly PipelineVariant[] {
  return pipeline.twin === undefined ? [pipeline] : [pipeline, pipeline.twin];
}

/** True when `ran` is any variant of this pipeline. */
export function isRunOf(pipeline: WithTwin, ran: PipelineVariant): boolean {
  return variantsOf(pipeline).some((variant) => sameVariant(variant, ran));
}

/** True when a variant of the pipeline is in this file, and is this function where one is named. */
export function isIn(pipeline: PipelineSummary, file: string, name?: string): boolean {
  // The functions of a file that cannot be read are unknown.
  const unnamed = name === undefined || pipeline.problem !== undefined;
  return sourcesIn(pipeline, file).some((source) => unnamed || source.function === name);
}

/** The sources of all variants that are in this file. */
export function sourcesIn(pipeline: WithTwin, file: string): readonly PipelineSource[] {
  return variantsOf(pipeline).flatMap(({ source }) => (source?.file === file ? [source] : []));
}

/** The Python file beside a compiled pipeline, or the file itself when it is Python. */
export function pythonFileOf(file: string): string {
  return file.replace(/\.(?:ya?ml|json)$/, '.py');
}

/** A backend may serve several workspaces, and two of them may each have a `pipelines/train.yaml`. */
function sameVariant(a: PipelineVariant, b: PipelineVariant): boolean {
  if (a.id !== b.id) return false;
  // Each version of the extension has its samples in another folder.
  const [first, second] = [ownFile(a.source), b.source?.file];
  return first === undefined || second === undefined || first === second;
}
