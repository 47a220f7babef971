import type { Page, PageQuery } from '../domain/page.ts';
import type { PipelineId, PipelineSource, PipelineSummary } from '../domain/pipeline.ts';
import type { PipelineVariant } from '../domain/pipelineVariant.ts';
import type { GivenPipeline, GivenSpec } from '../pipelineSpec/givenPipeline.ts';
import type { CompileApprovals } from './compileApprovals.ts';
import type { PipelineCompiler } from './pipelineCompiler.ts';

/**
 * The pipelines of the workspace, and the samples: they belong to no connection, and each can be handed to any. Every method
 * throws MlopsError.
 */
export interface PipelineFiles {
  /** Pipelines by name, also those that are broken. `text` keeps those whose name, description or file holds it, whatever its case. */
  list(query: PageQuery & { readonly text?: string }, signal: AbortSignal): Promise<Page<PipelineSummary>>;
  /** The pipeline with either variant's id; undefined when it is in no file of the workspace. */
  find(
    id: PipelineId,
    signal: AbortSignal,
  ): Promise<(PipelineVariant & { readonly twin?: PipelineVariant }) | undefined>;
  /**
   * A pipeline as far as it may be read; undefined when it is no file's. A Python file is compiled, that is run, only in a trusted
   * workspace and only when this content has a yes (`approvals`). Throws invalid for one that is broken.
   */
  read(id: PipelineId, signal: AbortSignal): Promise<GivenPipeline | undefined>;
  /**
   * A pipeline to be run: its whole specification, for which what compiles is installed where it is missing. Undefined when
   * it is no file's. Throws forbidden for all but samples in Restricted Mode, and for a Python file whose content has no yes.
   */
  forRun(id: PipelineId, signal: AbortSignal): Promise<GivenSpec | undefined>;
  /** Which Python files may be compiled. */
  readonly approvals: CompileApprovals;
  /** What compiles them, where no Python of the machine can. */
  readonly compiler: PipelineCompiler;
  /** True when something here compiles as it is. */
  canCompile(signal: AbortSignal): Promise<boolean>;
  /**
   * The person's own Python files that compiling a pipeline ran when it was compiled last, as absolute paths; empty where that is
   * not known.
   */
  importedFiles(source: PipelineSource): Promise<readonly string[]>;
  /** Calls back when a file comes, goes or changes that may hold pipelines, until the returned function is called. */
  watch(listener: () => void): () => void;
}
