import type { PipelineId, PipelineSource } from './pipeline.ts';

/** A pipeline by its id and where it comes from, as lists and runs name it. */
export interface PipelineForm {
  readonly id: PipelineId;
  readonly source?: PipelineSource;
}

/** True when a run of `ran` is one of this pipeline, in whichever of its forms it was run. */
export function isRunOf(
  pipeline: PipelineForm & { readonly twin?: PipelineForm },
  ran: PipelineForm,
): boolean {
  return sameForm(pipeline, ran) || (pipeline.twin !== undefined && sameForm(pipeline.twin, ran));
}

/** A backend may serve several workspaces, and two of them may each have a `pipelines/train.yaml`. */
function sameForm(a: PipelineForm, b: PipelineForm): boolean {
  if (a.id !== b.id) return false;
  const [first, second] = [a.source, b.source];
  if (first?.kind === 'sample' || first?.file === undefined || second?.file === undefined) return true;
  return first.file === second.file;
}
