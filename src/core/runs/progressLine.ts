import { someNames } from '../text/someNames.ts';
import { isWork, type Run } from '../domain/run.ts';
import { asName, visible } from '../text/literal.ts';
import { count, shorten } from '../text/markdown.ts';

/** The progress of a run in one line: "iris-12: 2 of 4 tasks done, train is running". */
export function progressLine(run: Run): string {
  return `${asName(run.label)}: ${howFar(run)}`;
}

/** The same without the run's label. */
export function howFar(run: Run): string {
  if (run.state === 'preparing')
    return `preparing${run.preparationStatus ? ` (${preparingLine(run.preparationStatus)})` : ''}`;
  const { total, succeeded } = run.counts;
  const running = run.tasks
    .filter((task) => task.state === 'running' && isWork(task.kind))
    .map(
      (task) =>
        asName(task.path) + (task.attempts > 1 ? ` (retry ${task.attempts - 1} of ${task.retries})` : ''),
    );
  const waiting = run.tasks.filter(({ waitsFor }) => waitsFor !== undefined).map(({ path }) => asName(path));
  const parts = [`${succeeded} of ${count(total, 'task')} done`];
  if (running.length > 0)
    parts.push(`${someNames(running, 3)} ${running.length === 1 ? 'is' : 'are'} running`);
  if (waiting.length > 0) parts.push(`${someNames(waiting, 3)} cannot begin yet`);
  return parts.join(', ');
}

const preparingLine = (text: string) => shorten(visible(text).replace(/\s+/g, ' '), 200);
