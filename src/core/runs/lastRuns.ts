import type { PipelineId, PipelineSummary } from '../domain/pipeline.ts';
import { isIn, isRunOf } from '../domain/pipelineVariant.ts';
import type { RunSummary } from '../domain/run.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { isNewer, newestRuns } from './newestRuns.ts';

const mostRuns = 1000;

/** The last run of each pipeline. */
export type LastRuns = ReadonlyMap<PipelineId, RunSummary>;

/** The newest run of each of these pipelines, as far as it is among the newest 1000 of all runs. */
export function lastRuns(
  backend: PipelineBackend,
  pipelines: readonly PipelineSummary[],
  signal: AbortSignal,
): Promise<LastRuns> {
  return newestOfEach(backend, pipelines.length, (run) => idsOf(pipelines, run), signal);
}

/**
 * The last run of each pipeline in a file, in any variant, newest first. Of a file that holds none of
 * `all` pipelines, the last run that ran the file itself. Looks through the newest 1000 of all runs.
 */
export async function lastRunsOfFile(
  backend: PipelineBackend,
  file: string,
  all: readonly PipelineSummary[],
  signal: AbortSignal,
): Promise<readonly RunSummary[]> {
  const pipelines = all.filter((pipeline) => isIn(pipeline, file));
  const ranFile = ({ pipeline: { id, source } }: RunSummary) => (source?.file === file ? [id] : []);
  const last =
    pipelines.length > 0
      ? await lastRuns(backend, pipelines, signal)
      : await newestOfEach(backend, 1, ranFile, signal);
  return [...last.values()];
}

/** Last runs, updated with a run that is new or has changed. */
export function withRun(last: LastRuns, pipelines: readonly PipelineSummary[], run: RunSummary): LastRuns {
  const newer = idsOf(pipelines, run).filter((id) => isNewer(run, last.get(id) ?? run));
  return new Map([...last, ...newer.map((id) => [id, run] as const)]);
}

function idsOf(pipelines: readonly PipelineSummary[], { pipeline }: RunSummary): readonly PipelineId[] {
  return pipelines.filter((candidate) => isRunOf(candidate, pipeline)).map(({ id }) => id);
}

async function newestOfEach(
  backend: PipelineBackend,
  most: number,
  idsOfRun: (run: RunSummary) => readonly PipelineId[],
  signal: AbortSignal,
): Promise<LastRuns> {
  const last = new Map<PipelineId, RunSummary>();
  if (most === 0) return last;
  for await (const run of newestRuns(backend, { size: 200 }, mostRuns, signal)) {
    for (const id of idsOfRun(run)) if (!last.has(id)) last.set(id, run);
    if (last.size >= most) break;
  }
  return last;
}
