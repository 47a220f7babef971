import { preparationLog, type Run, type TaskRun } from '../domain/run.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { asName, quoted } from '../text/literal.ts';
import { nearest } from '../text/nearest.ts';

/**
 * The task that a text means: by path, else by name; without a text the first that failed, else the last that has a log,
 * else the log of the preparation.
 * Throws MlopsError notFound.
 */
export function findTask(run: Run, text: string | undefined): Pick<TaskRun, 'path' | 'cachedFrom'> {
  const wanted = text?.trim().toLowerCase() ?? '';
  const task = wanted === '' ? unnamed(run) : byName(run, wanted);
  if (task === undefined && run.hasPreparationLog && ['', preparationLog].includes(wanted))
    return { path: preparationLog };
  if (task !== undefined) return task;
  const paths = run.tasks.filter((task) => task.hasLog).map((task) => task.path);
  if (paths.length === 0)
    throw new MlopsError('notFound', `No task of ${asName(run.label)} has printed anything yet.`);
  const near = nearest(wanted, paths, 3);
  throw new MlopsError('notFound', `${asName(run.label)} has no task ${quoted(text ?? '')} with a log.`, {
    hint: `Its tasks with a log are ${(near.length > 0 ? near : paths.slice(0, 10)).map(asName).join(', ')}.`,
  });
}

function unnamed(run: Run): TaskRun | undefined {
  return (
    run.tasks.find((task) => task.state === 'failed' && task.hasLog) ??
    run.tasks.findLast((task) => task.hasLog)
  );
}

function byName(run: Run, wanted: string): TaskRun | undefined {
  const logged = run.tasks.filter((task) => task.hasLog);
  return (
    logged.find((task) => task.path.toLowerCase() === wanted) ??
    logged.find((task) => task.name.toLowerCase() === wanted && task.state === 'failed') ??
    logged.findLast((task) => [task.name.toLowerCase(), task.displayName.toLowerCase()].includes(wanted))
  );
}
