import type { RunSummary } from '../domain/run.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';

/** The newest run of all that failed, or undefined. */
export async function lastFailedRun(
  backend: PipelineBackend,
  signal: AbortSignal,
): Promise<RunSummary | undefined> {
  const { items } = await backend.listRuns({ size: 1, states: ['failed'] }, signal);
  return items[0];
}
