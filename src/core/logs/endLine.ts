import { isActive, preparationFailed, preparationLog, type Run, type TaskRun } from '../domain/run.ts';
import { shorten } from '../text/markdown.ts';
import { afterColon } from '../text/sentences.ts';
import { runStateWord, taskStateWord } from '../text/state.ts';
import { duration } from '../text/units.ts';

const longestMessage = 300;

/** The last line of a finished log: how its task ended, and the state of the run. Undefined until then. */
export function endLine(run: Run, path: string): string | undefined {
  const task = run.tasks.find((candidate) => candidate.path === path);
  const ended = task === undefined ? preparationEnd(run, path) : taskEnd(run, task);
  if (ended === undefined) return undefined;
  return `[${ended}; ${run.label} ${isActive(run.state) ? 'goes on' : runWords(run)}.]`;
}

function taskEnd(run: Run, task: TaskRun): string | undefined {
  const { path, state, startedAt, endedAt, error } = task;
  if (isActive(run.state) && (state === 'pending' || state === 'running')) return undefined;
  if (task.cachedFrom !== undefined)
    return `${path} was not run again: this is its log of ${task.cachedFrom.label}`;
  const time = startedAt === undefined || endedAt === undefined ? '' : duration(endedAt - startedAt);
  if (state === 'succeeded') return `${path} succeeded${time === '' ? '' : ` in ${time}`}`;
  const after = time === '' ? '' : ` after ${time}`;
  if (state !== 'failed') return `${path} was ${taskStateWord(task)}${after}`;
  const why =
    error === undefined ? '' : `: ${shorten(messageLine(error.type, error.message), longestMessage)}`;
  return `${path} failed${after}${why}`;
}

function preparationEnd(run: Run, path: string): string | undefined {
  if (path !== preparationLog || run.state === 'preparing' || run.state === 'pending') return undefined;
  const failed = run.error?.kind === preparationFailed;
  return failed
    ? `Preparing failed: ${shorten(messageLine('', afterColon(run.error.message)), longestMessage)}`
    : 'Prepared';
}

function runWords(run: Run): string {
  const word = runStateWord(run);
  return run.state === 'succeeded' || run.state === 'failed' ? word : `was ${word}`;
}

function messageLine(type: string, message: string): string {
  return [type, message]
    .filter((part) => part !== '')
    .join(': ')
    .replace(/\s+/g, ' ')
    .replace(/\.$/, '');
}
