import type { RunSummary } from '../domain/run.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { isNewer, newestRuns } from './newestRuns.ts';

/** The newest run of the same pipeline that succeeded before this one was created, with its metrics; or undefined. */
export async function lastGoodRun(
  backend: PipelineBackend,
  run: RunSummary,
  signal: AbortSignal,
): Promise<RunSummary | undefined> {
  const good = { pipeline: run.pipeline.id, states: ['succeeded'], size: 50 } as const;
  for await (const other of newestRuns(backend, good, Infinity, signal))
    if (!isNewer(other, run))
      return backend.gaps?.includes('listedMetrics') ? backend.getRun(other.id, signal) : other;
  return undefined;
}
