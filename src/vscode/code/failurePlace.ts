import * as path from 'node:path';
import type { PipelineSource } from '../../core/domain/pipeline.ts';
import type { Run } from '../../core/domain/run.ts';
import { type FailedTask, failedTask } from '../../core/runs/failedTask.ts';
import { failingLine, type FailingLine } from '../../core/runs/failingLine.ts';
import type { SourceFiles } from './sourceFiles.ts';

/** Where a run failed, in a person's own file. */
export interface FailurePlace extends FailingLine {
  readonly task: FailedTask;
  readonly file: string;
}

/** Finds the line that failed a run, or the task of it that is named. Undefined when it is in no file that can be found. */
export async function failurePlace(
  run: Run,
  files: SourceFiles,
  path?: string,
): Promise<FailurePlace | undefined> {
  const task = failedTask(run, path);
  if (task === undefined) return undefined;
  const near = await nearFiles(run.pipeline.source, files);
  const first = await search(task, near, files);
  if (first?.changed === false) return first;
  // A component may come from anywhere; far away only the very same line counts.
  const far = await search(task, await files.python(), files);
  return far?.changed === false ? far : first;
}

/** The first file with the line, else the first with the function. */
async function search(
  task: FailedTask,
  candidates: readonly string[],
  files: SourceFiles,
): Promise<FailurePlace | undefined> {
  let changed: FailurePlace | undefined;
  for (const file of candidates) {
    const text = await files.text(file);
    if (text === undefined || !text.includes(task.error.function ?? '')) continue;
    const found = failingLine(text, task.error);
    if (found?.changed === false) return { ...found, task, file };
    if (found !== undefined) changed ??= { ...found, task, file };
  }
  return changed;
}

/** The pipeline's own Python file, and those beside it; none for a sample, whose files are not the person's. */
async function nearFiles(source: PipelineSource | undefined, files: SourceFiles): Promise<readonly string[]> {
  if (source?.file === undefined || source.kind === 'sample') return [];
  const own = source.file.replace(/\.(?:ya?ml|json)$/, '.py');
  const beside = await files.pythonIn(path.dirname(own));
  return [own, ...beside.filter((file) => file !== own)];
}
