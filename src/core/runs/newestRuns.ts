import type { RunSummary } from '../domain/run.ts';
import type { PipelineBackend, RunQuery } from '../ports/pipelineBackend.ts';

/** Runs, newest first; pages are read as they are needed, and none after `most` runs. */
export async function* newestRuns(
  backend: PipelineBackend,
  query: Omit<RunQuery, 'page'>,
  most: number,
  signal: AbortSignal,
): AsyncGenerator<RunSummary> {
  let page: string | undefined;
  let count = 0;
  do {
    const listed = await backend.listRuns({ ...query, ...(page === undefined ? {} : { page }) }, signal);
    yield* listed.items;
    count += listed.items.length;
    page = listed.next;
  } while (page !== undefined && count < most);
}

/** True when `run` was created after `before`, or is the same run. */
export function isNewer(run: RunSummary, before: RunSummary): boolean {
  if (run.number !== undefined && before.number !== undefined) return run.number >= before.number;
  return run.createdAt >= before.createdAt;
}
