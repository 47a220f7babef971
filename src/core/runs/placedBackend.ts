import type { Run, TaskError, TaskRun } from '../domain/run.ts';
import { overriding } from '../ports/overriding.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { failedTasks } from './failedTask.ts';

/** Finds where a task failed in the person's own files; undefined where that is uncertain. Never rejects. */
export type PlaceOf = (run: Run, task: string) => Promise<TaskError['place']>;

const mostPlaces = 5;

/** The same backend, with the lines in the person's own files at which the first tasks of a run failed. */
export function placedBackend(backend: PipelineBackend, placeOf: PlaceOf): PipelineBackend {
  const getRun: PipelineBackend['getRun'] = async (id, signal) => {
    const run = await backend.getRun(id, signal);
    const failed = failedTasks(run)
      .filter(({ error }) => error.line !== undefined)
      .slice(0, mostPlaces);
    if (failed.length === 0) return run;
    const placed = new Map<TaskRun, TaskRun>();
    for (const task of failed) {
      const place = await placeOf(run, task.path);
      if (place !== undefined) placed.set(task, { ...task, error: { ...task.error, place } });
    }
    return { ...run, tasks: run.tasks.map((task) => placed.get(task) ?? task) };
  };
  return overriding(backend, { getRun });
}
