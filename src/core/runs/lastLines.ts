import { isWork, type Run } from '../domain/run.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { mostRunning } from './describeRun.ts';
import { readLog } from './readLog.ts';

/** The last line that each of the first running tasks printed; a task without one, or whose log cannot be read, is left out. */
export async function lastLines(
  backend: PipelineBackend,
  run: Run,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const running = run.tasks.filter(
    ({ state, kind, hasLog }) => state === 'running' && isWork(kind) && hasLog,
  );
  const last = new Map<string, string>();
  for (const { path } of running.slice(0, mostRunning)) {
    const query = { run: run.id, task: path, lines: 20 };
    const lines = await readLog(backend, query, signal).then(
      (part) => part.lines,
      () => [], // the run is described all the same
    );
    const line = lines.findLast((text) => text.trim() !== '');
    if (line !== undefined) last.set(path, line);
  }
  return last;
}
