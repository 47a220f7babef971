import type { PipelineId, PipelineSummary } from '../domain/pipeline.ts';
import { isRunOf } from '../domain/pipelineForm.ts';
import type { RunSummary } from '../domain/run.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';

const pageSize = 200;
const mostPages = 5;

/** The newest run of each of these pipelines, as far as it is among the newest 1000 of all runs. */
export async function lastRuns(
  backend: PipelineBackend,
  pipelines: readonly PipelineSummary[],
  signal: AbortSignal,
): Promise<ReadonlyMap<PipelineId, RunSummary>> {
  const last = new Map<PipelineId, RunSummary>();
  let page: string | undefined;
  for (let pages = 0; pages < mostPages && last.size < pipelines.length; pages += 1) {
    const found = await backend.listRuns({ size: pageSize, ...(page === undefined ? {} : { page }) }, signal);
    for (const pipeline of pipelines) {
      const run = found.items.find((one) => isRunOf(pipeline, one.pipeline));
      if (run !== undefined && !last.has(pipeline.id)) last.set(pipeline.id, run);
    }
    page = found.next;
    if (page === undefined) break;
  }
  return last;
}

/** True when `a` was created after `b`, or is the same run. */
export function isNewer(a: RunSummary, b: RunSummary): boolean {
  if (a.number !== undefined && b.number !== undefined) return a.number >= b.number;
  return a.createdAt >= b.createdAt;
}
