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

/** Finds the pipelines in Python files. `cut` says why files could not be looked at. */
export interface PythonFinder {
  find(
    files: readonly WorkspaceFile[],
    signal: AbortSignal,
  ): Promise<{ readonly pipelines: readonly PythonPipeline[]; readonly cut?: string }>;
}
