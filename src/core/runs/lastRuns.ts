import type { PipelineId, PipelineSummary } from '../domain/pipeline.ts';
import { isIn, isRunOf } from '../domain/pipelineForm.ts';
import type { RunSummary } from '../domain/run.ts';
import { allPipelines } from '../pipelines/allPipelines.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';

const pageSize = 200;
const mostPages = 5;

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
 * The last run of each pipeline in a file, in whichever of its forms it ran, newest first. Of a file whose pipelines are
 * not listed, the last run that ran the file itself. Looks through the newest 1000 of all runs.
 */
export async function lastRunsOfFile(
  backend: PipelineBackend,
  file: string,
  signal: AbortSignal,
): Promise<readonly RunSummary[]> {
  const pipelines = (await allPipelines(backend, signal)).filter((one) => isIn(one, file));
  const ranFile = ({ pipeline: { id, source } }: RunSummary) => (source?.file === file ? [id] : []);
  const found =
    pipelines.length > 0
      ? await lastRuns(backend, pipelines, signal)
      : await newestOfEach(backend, 1, ranFile, signal);
  return [...found.values()];
}

/** What was known of last runs with one run more, or with what became of it. */
export function withRun(last: LastRuns, pipelines: readonly PipelineSummary[], run: RunSummary): LastRuns {
  const newer = idsOf(pipelines, run).filter((id) => isNewer(run, last.get(id)));
  return new Map([...last, ...newer.map((id) => [id, run] as const)]);
}

function idsOf(pipelines: readonly PipelineSummary[], { pipeline }: RunSummary): readonly PipelineId[] {
  return pipelines.filter((one) => isRunOf(one, pipeline)).map(({ id }) => id);
}

async function newestOfEach(
  backend: PipelineBackend,
  most: number,
  idsOfRun: (run: RunSummary) => readonly PipelineId[],
  signal: AbortSignal,
): Promise<LastRuns> {
  const last = new Map<PipelineId, RunSummary>();
  let page: string | undefined;
  for (let pages = 0; pages < mostPages && last.size < most; pages += 1) {
    const found = await backend.listRuns({ size: pageSize, ...(page === undefined ? {} : { page }) }, signal);
    for (const run of found.items) for (const id of idsOfRun(run)) if (!last.has(id)) last.set(id, run);
    page = found.next;
    if (page === undefined) break;
  }
  return last;
}

/** True when `run` was created after `before`, or is the same run. */
function isNewer(run: RunSummary, before: RunSummary | undefined): boolean {
  if (before === undefined) return true;
  if (run.number !== undefined && before.number !== undefined) return run.number >= before.number;
  return run.createdAt >= before.createdAt;
}
