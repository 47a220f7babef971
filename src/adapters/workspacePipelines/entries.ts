import type { PipelineId, PipelineSource, PipelineSummary } from '../../core/domain/pipeline.ts';
import type { WorkspaceFile } from '../../core/ports/workspaceFiles.ts';
import type { PipelineFile, Specification } from '../../core/pipelineSpec/readSpecification.ts';
import type { PythonPipeline } from './python/pythonPipelines.ts';
import type { SampleFile } from './samples.ts';

/** A pipeline of the catalog: its summary and how to read the rest. */
export interface CatalogEntry {
  readonly summary: PipelineSummary;
  readonly from:
    | { readonly kind: 'spec'; readonly specification: Specification }
    | { readonly kind: 'python'; readonly file: string; readonly function: string }
    | { readonly kind: 'problem' };
}

/** The prefix of a sample's id. */
export const samplePrefix = 'sample:';

/** The entry of a file with a compiled pipeline, or a broken one. */
export function specEntry(
  file: WorkspaceFile | SampleFile,
  content: PipelineFile | undefined,
): readonly CatalogEntry[] {
  if (!content || content.kind === 'other') return [];
  const sample = 'sample' in file ? file.sample : undefined;
  const line = content.kind === 'pipeline' ? content.specification.line : content.problem.line;
  const source: PipelineSource = {
    kind: sample === undefined ? 'yaml' : 'sample',
    file: file.path,
    label: file.label,
    ...(line === undefined ? {} : { line }),
  };
  const id = (sample === undefined ? file.label : samplePrefix + sample) as PipelineId;
  if (content.kind === 'problem') {
    const { name, ...problem } = content.problem;
    return [
      { summary: { id, name: name ?? baseName(file.label), source, problem }, from: { kind: 'problem' } },
    ];
  }
  const { name, displayName, description } = content.specification.spec.pipelineInfo;
  const summary: PipelineSummary = {
    id,
    name,
    source,
    ...(displayName === undefined ? {} : { displayName }),
    ...(description === undefined ? {} : { description }),
  };
  return [{ summary, from: { kind: 'spec', specification: content.specification } }];
}

/** The entry of a pipeline function in a Python file. */
export function pythonEntry(pipeline: PythonPipeline, samples: readonly SampleFile[]): CatalogEntry {
  const sample = samples.find((one) => one.path === pipeline.file.path);
  const source: PipelineSource = {
    kind: sample ? 'sample' : 'python',
    file: pipeline.file.path,
    label: pipeline.file.label,
    line: pipeline.line,
    ...(pipeline.function === '' ? {} : { function: pipeline.function }),
  };
  const id = (
    sample
      ? samplePrefix + sample.sample
      : `${pipeline.file.label}${pipeline.function === '' ? '' : `:${pipeline.function}`}`
  ) as PipelineId;
  const summary: PipelineSummary = {
    id,
    name: pipeline.name,
    source,
    ...(pipeline.description === undefined ? {} : { description: pipeline.description }),
    ...(pipeline.problem === undefined ? {} : { problem: pipeline.problem }),
  };
  const from = { kind: 'python', file: pipeline.file.path, function: pipeline.function } as const;
  return { summary, from: pipeline.problem ? { kind: 'problem' } : from };
}

function baseName(label: string): string {
  return (label.split(/[\\/]/).at(-1) ?? label).replace(/\.(ya?ml|json|ipynb)$/, '');
}
