import { pythonFileOf } from '../../core/domain/pipelineVariant.ts';
import { isSample, ownFile } from '../../core/domain/pipeline.ts';
import * as path from 'node:path';
import type { Run } from '../../core/domain/run.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { type FailedTask, failedTask } from '../../core/runs/failedTask.ts';
import { failingLine, type FailingLine, isSameFunction } from '../../core/runs/failingLine.ts';
import { deadline } from '../deadline.ts';
import type { SourceFiles } from '../../core/ports/sourceFiles.ts';

/** The place of a failure in a person's own file. */
export interface FailurePlace extends FailingLine {
  readonly task: FailedTask;
  readonly file: string;
}

/** What distinguishes files with the same line: the files that the pipeline imports, and the source as it ran. */
export type FailureSources = Pick<PipelineBackend, 'importedFiles' | 'readSource'>;

/** The place of a failure; undefined where no file, or more than one, has it. */
export async function failurePlace(
  run: Run,
  files: SourceFiles,
  sources: FailureSources,
  task?: string,
): Promise<FailurePlace | undefined> {
  const places = await failurePlaces(run, files, sources, task);
  return places.length === 1 ? places[0] : undefined;
}

/**
 * Finds the line that failed a run, or the named task of it: in the files that the pipeline imports, else in its own, else
 * in those beside it, else anywhere in the workspace. A file with the function as it ran comes before any other; where several
 * fit equally, all of them are returned. Elsewhere in the workspace only an identical line counts.
 */
export async function failurePlaces(
  run: Run,
  files: SourceFiles,
  sources: FailureSources,
  task?: string,
): Promise<readonly FailurePlace[]> {
  return placesIn([...nearTiers(run, files, sources), () => files.python()], { run, files, sources, task });
}

/** The place of a failure without a search of the workspace: quick enough for each read of a run. */
export async function nearPlace(
  run: Run,
  files: SourceFiles,
  sources: FailureSources,
  task: string,
): Promise<FailurePlace | undefined> {
  return onlySharp(() =>
    placesIn([...nearTiers(run, files, sources), async () => []], { run, files, sources, task }),
  );
}

/** The place of a failure in any file of the workspace, where the line is still the same. Never rejects. */
export async function sharpPlace(
  run: Run,
  files: SourceFiles,
  sources: FailureSources,
  task: string,
): Promise<FailurePlace | undefined> {
  return onlySharp(() => failurePlaces(run, files, sources, task));
}

async function onlySharp(find: () => Promise<readonly FailurePlace[]>): Promise<FailurePlace | undefined> {
  const [place, ...others] = (await lookedUp(find)) ?? [];
  return others.length === 0 && place?.changed === false ? place : undefined;
}

type Tier = () => Promise<readonly string[]>;

/** Files that the pipeline imports, its own, and those beside that. */
function nearTiers(run: Run, files: SourceFiles, sources: FailureSources): readonly Tier[] {
  const own = ownFiles(run);
  return [
    () => importedFiles(run, sources),
    async () => own,
    async () => (await Promise.all(own.map((file) => files.pythonIn(path.dirname(file))))).flat(),
  ];
}

interface Search {
  readonly run: Run;
  readonly files: SourceFiles;
  readonly sources: FailureSources;
  readonly task: string | undefined;
}

async function placesIn(
  tiers: readonly Tier[],
  { run, files, sources, task }: Search,
): Promise<readonly FailurePlace[]> {
  const failed = failedTask(run, task);
  if (failed === undefined) return [];
  const ran = await lookedUp(() => sources.readSource?.(run.id, failed.path, deadline()));
  let best: readonly FailurePlace[] = [];
  let changed: FailurePlace | undefined;
  for (const [index, tier] of tiers.entries()) {
    const places = await search(failed, await tier(), files, ran);
    const asRan = places.filter((place) => place.asRan);
    if (asRan.length > 0) return asRan;
    const same = places.filter((place) => !place.changed);
    if (same.length > 0 && ran === undefined) return same;
    if (best.length === 0) best = same;
    if (index < tiers.length - 1) changed ??= places.find((place) => place.changed);
  }
  return best.length > 0 || changed === undefined ? best : [changed];
}

interface Found extends FailurePlace {
  /** True when the whole function is the one that ran. */
  readonly asRan: boolean;
}

async function search(
  task: FailedTask,
  candidates: readonly string[],
  files: SourceFiles,
  ran: string | undefined,
): Promise<readonly Found[]> {
  const places: Found[] = [];
  for (const file of new Set(candidates)) {
    const text = await files.text(file);
    if (text === undefined || !text.includes(task.error.function ?? '')) continue;
    const line = failingLine(text, task.error);
    if (line === undefined) continue;
    const asRan = ran !== undefined && !line.changed && isSameFunction(text, line.line, ran, task.error);
    places.push({ ...line, task, file, asRan });
  }
  return places;
}

/** The person's files that compiling the pipeline ran; none for a sample. */
async function importedFiles({ pipeline }: Run, sources: FailureSources): Promise<readonly string[]> {
  const { source } = pipeline;
  if (source === undefined || isSample(source)) return [];
  return (await lookedUp(() => sources.importedFiles?.(source))) ?? [];
}

/** The pipeline's own Python file; none for a sample. */
function ownFiles({ pipeline: { source } }: Run): readonly string[] {
  const file = ownFile(source);
  return file === undefined ? [] : [pythonFileOf(file)];
}

/** The result of a read that helps but may fail. */
async function lookedUp<T>(look: () => Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await look();
  } catch {
    return undefined;
  }
}
