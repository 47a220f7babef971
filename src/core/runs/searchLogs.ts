import { preparationLog, type Run } from '../domain/run.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { isCancelled } from '../ports/mlopsError.ts';
import { readLog } from './readLog.ts';

/** The lines of a task's log that hold a text. */
export interface TaskHits {
  readonly task: string;
  readonly lines: readonly string[];
  /** True where earlier lines hold it, too, or the beginning of a long log was not looked at. */
  readonly more: boolean;
}

/** What a search through all logs of a run found. */
export interface LogHits {
  readonly hits: readonly TaskHits[];
  /** How many logs were searched. */
  readonly searched: number;
  /** Tasks whose logs could not be read, or were not searched since there are too many. */
  readonly left: readonly string[];
}

const mostLogs = 100;
const mostLinesOfTask = 40;

/** Searches the logs of all tasks of a run, in the order of the run, for the last lines that hold a text; at most `most` lines. */
export async function searchLogs(
  backend: PipelineBackend,
  run: Run,
  { search, most }: { readonly search: string; readonly most: number },
  signal: AbortSignal,
): Promise<LogHits> {
  const tasks = [
    ...(run.hasPreparationLog ? [preparationLog] : []),
    ...run.tasks.filter(({ hasLog }) => hasLog).map(({ path }) => path),
  ];
  const hits: TaskHits[] = [];
  const left = tasks.slice(mostLogs);
  let lines = most;
  for (const task of tasks.slice(0, mostLogs)) {
    const query = { run: run.id, task, lines: Math.max(1, Math.min(lines, mostLinesOfTask)), search };
    const part = await readLog(backend, query, signal).catch((error: unknown) => {
      if (isCancelled(error)) throw error;
      return undefined;
    });
    if (part === undefined) left.push(task);
    else if (part.lines.length > 0 && lines > 0) {
      hits.push({ task, lines: part.lines, more: part.more || part.skippedBytes > 0 });
      lines -= part.lines.length;
    } else if (part.lines.length > 0) left.push(task);
  }
  return { hits, searched: tasks.length - left.length, left };
}
