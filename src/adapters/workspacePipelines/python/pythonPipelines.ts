import type { PipelineSummary } from '../../../core/domain/pipeline.ts';
import type { WorkspaceFile } from '../../../core/ports/workspaceFiles.ts';

/** A function with `@dsl.pipeline` in a Python file, found without running the file. */
export interface PythonPipeline {
  readonly file: WorkspaceFile;
  readonly function: string;
  readonly name: string;
  readonly description?: string;
  readonly line: number;
  readonly problem?: NonNullable<PipelineSummary['problem']>;
}

/** `cut` says why no file could be read, `unread` which single ones could not, and why. */
export interface FoundPipelines {
  readonly pipelines: readonly PythonPipeline[];
  readonly unread: readonly string[];
  readonly cut?: string;
}

/** Finds the pipelines in Python files. */
export interface PythonFinder {
  find(files: readonly WorkspaceFile[], signal: AbortSignal): Promise<FoundPipelines>;
}
