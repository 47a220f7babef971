import { ownFile, type PipelineSummary } from '../domain/pipeline.ts';
import { isRunOf } from '../domain/pipelineVariant.ts';
import type { RunSummary } from '../domain/run.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { asName } from '../text/literal.ts';

/**
 * The pipeline of a run among those that exist now: the same one in its listed variant, or one of that name in the same
 * folder. Throws MlopsError notFound, with what to do, when it is gone.
 */
export function pipelineOfRun(run: RunSummary, all: readonly PipelineSummary[]): PipelineSummary {
  const { name, source } = run.pipeline;
  const same = all.find((pipeline) => isRunOf(pipeline, run.pipeline));
  if (same !== undefined) return same;
  const folder = folderOf(source?.file);
  const sameName = all.filter((pipeline) => pipeline.name === name);
  const twin = sameName.find((pipeline) => folder !== undefined && folderOf(pipeline.source.file) === folder);
  if (twin !== undefined) return twin;
  const where = source?.label === undefined ? '' : ` (${asName(source.label)})`;
  throw new MlopsError(
    'notFound',
    `The pipeline that ${asName(run.label)} ran, ${asName(name)}${where}, is not here any more.`,
    {
      hint: wayOut(run, sameName[0]),
    },
  );
}

function wayOut(run: RunSummary, other: PipelineSummary | undefined): string {
  if (other !== undefined)
    return `There is another ${asName(other.name)} in ${asName(other.source.label ?? other.id)}: run that one.`;
  const file = ownFile(run.pipeline.source);
  if (file === undefined) return 'Run another pipeline.';
  return `It was in ${asName(file)}: open that folder, then run it again.`;
}

function folderOf(file: string | undefined): string | undefined {
  return file?.replace(/[\\/][^\\/]*$/, '');
}
