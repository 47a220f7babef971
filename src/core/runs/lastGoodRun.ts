import type { RunSummary } from '../domain/run.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';

/** The newest run of the same pipeline that succeeded before this one was created, or undefined. */
export async function lastGoodRun(
  backend: PipelineBackend,
  run: RunSummary,
  signal: AbortSignal,
): Promise<RunSummary | undefined> {
  let page: string | undefined;
  do {
    const found = await backend.listRuns(
      { pipeline: run.pipeline.id, states: ['succeeded'], size: 50, ...(page === undefined ? {} : { page }) },
      signal,
    );
    const before = found.items.find((other) => other.id !== run.id && isBefore(other, run));
    if (before !== undefined) return before;
    page = found.next;
  } while (page !== undefined);
  return undefined;
}

function isBefore(a: RunSummary, b: RunSummary): boolean {
  if (a.number !== undefined && b.number !== undefined) return a.number < b.number;
  return a.createdAt < b.createdAt;
}
