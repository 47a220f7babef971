import type { RunId } from '../domain/run.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { type Redact, redactor } from '../text/redact.ts';

/** The log of one attempt, from 1; 0 where a task has none, because it was cached or is no task of the pipeline. */
export interface AttemptLog {
  readonly attempt: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A byte of an attempt's log, counted from the beginning of that log. */
export interface LogPlace {
  readonly attempt: number;
  readonly offset: number;
}

/**
 * The log of a task over its attempts, the first one first; `size` is the sum in bytes. `hide` removes the secrets of
 * the run from shown text.
 */
export interface AttemptLogs {
  readonly logs: readonly AttemptLog[];
  readonly size: number;
  readonly hide: Redact;
}

/** The line that separates attempts in every text of a log. */
export const attemptLine = (attempt: number): string => `[Attempt ${attempt} begins.]`;

/** Opens the beginning of a task's log over all of its attempts, at most `limit` bytes together. Throws MlopsError. */
export async function openAttempts(
  backend: PipelineBackend,
  { run, task }: { readonly run: RunId; readonly task: string },
  limit: number,
  signal: AbortSignal,
): Promise<AttemptLogs> {
  const record = await backend.getRun(run, signal);
  const attempts = record.tasks.find(({ path }) => path === task)?.attempts ?? 0;
  const logs: AttemptLog[] = [];
  let size = 0;
  for (let attempt = Math.min(attempts, 1); attempt <= attempts; attempt += 1) {
    const which = attempt === 0 ? {} : { attempt };
    const left = Math.max(0, limit - size);
    const log = await backend.readLog(run, task, { offset: 0, limit: left, ...which }, signal);
    if (left > 0) logs.push({ attempt, bytes: log.bytes });
    size += log.size;
  }
  return { logs, size, hide: redactor(record) };
}
