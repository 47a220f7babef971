import { ownFile, type PipelineId, type PipelineSource, type PipelineSummary } from './pipeline.ts';

/** A pipeline by its id and where it comes from, as lists and runs name it. */
export interface PipelineForm {
  readonly id: PipelineId;
  readonly source?: PipelineSource;
}

type WithTwin = PipelineForm & { readonly twin?: PipelineForm };

/** A pipeline in each of its forms, the one that lists show first. */
export function formsOf(pipeline: WithTwin): readonly PipelineForm[] {
  return pipeline.twin === undefined ? [pipeline] : [pipeline, pipeline.twin];
}

/** True when a run of `ran` is one of this pipeline, in whichever of its forms it was run. */
export function isRunOf(pipeline: WithTwin, ran: PipelineForm): boolean {
  return formsOf(pipeline).some((form) => sameForm(form, ran));
}

/** True for a pipeline that is in this file in one of its forms, and of this function where one is named. */
export function isIn(pipeline: PipelineSummary, file: string, name?: string): boolean {
  // A file that cannot be read has no functions yet: whoever runs it is told what is wrong with it.
  const unnamed = name === undefined || pipeline.problem !== undefined;
  return sourcesIn(pipeline, file).some((source) => unnamed || source.function === name);
}

/** The sources of a pipeline that are in this file, of all its forms. */
export function sourcesIn(pipeline: WithTwin, file: string): readonly PipelineSource[] {
  return formsOf(pipeline).flatMap(({ source }) => (source?.file === file ? [source] : []));
}

/** The Python file that a pipeline is written in, or was compiled from where it still lies beside what it became. */
export function pythonFileOf(file: string): string {
  return file.replace(/\.(?:ya?ml|json)$/, '.py');
}

/** A backend may serve several workspaces, and two of them may each have a `pipelines/train.yaml`. */
function sameForm(a: PipelineForm, b: PipelineForm): boolean {
  if (a.id !== b.id) return false;
  // Each version of the extension has its samples in another folder.
  const [first, second] = [ownFile(a.source), b.source?.file];
  return first === undefined || second === undefined || first === second;
}
