import { pythonFileOf } from '../domain/pipelineVariant.ts';
import type { Run, RunId, TaskError } from '../domain/run.ts';
import type { Clock } from '../ports/clock.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import type { NamedSourceFiles } from '../ports/sourceFiles.ts';
import { failingLine } from '../runs/failingLine.ts';
import { diagnose } from './diagnose.ts';
import type { Diagnosis, Finding } from './finding.ts';

export interface DiagnosisDeps {
  readonly backend: PipelineBackend;
  readonly clock: Clock;
  /** The person's own Python files, in which failing lines are looked for. */
  readonly sourceFiles?: NamedSourceFiles;
}

/** Finds out why a run failed, or what it waits for. */
export async function diagnoseRun(deps: DiagnosisDeps, id: RunId, signal: AbortSignal): Promise<Diagnosis> {
  const { backend, clock, sourceFiles } = deps;
  const [run, evidence] = await Promise.all([backend.getRun(id, signal), backend.readEvidence?.(id, signal)]);
  const diagnosis = diagnose(run, evidence, clock.now());
  if (sourceFiles === undefined) return diagnosis;
  const first = diagnosis.failures.slice(0, mostPlaced);
  const found = await Promise.all(first.map((finding) => placed(finding, run, sourceFiles)));
  return { ...diagnosis, failures: [...found, ...diagnosis.failures.slice(mostPlaced)] };
}

const mostPlaced = 3;

/** A finding with the line in the person's own file, where that is certain. */
async function placed(finding: Finding, run: Run, files: NamedSourceFiles): Promise<Finding> {
  const { error } = finding;
  if (error?.text === undefined || error.place !== undefined) return finding;
  const place = await placeOf(error, run, files);
  return place === undefined ? finding : { ...finding, error: { ...error, place } };
}

async function placeOf(
  error: TaskError,
  { pipeline }: Run,
  files: NamedSourceFiles,
): Promise<TaskError['place']> {
  const { source } = pipeline;
  const own = source?.file === undefined ? [] : [pythonFileOf(source.file)];
  const near = own
    .flatMap((file) => [file.replace(/[\\/][^\\/]*$/, '')])
    .map((folder) => files.pythonIn(folder));
  const searched = new Set([...own, ...(await Promise.all(near)).flat(), ...(await files.python())]);
  for (const file of searched) {
    const text = await files.text(file);
    const found = text === undefined ? undefined : failingLine(text, error);
    if (found !== undefined && !found.changed) return { file, label: files.label(file), line: found.line };
  }
  return undefined;
}
