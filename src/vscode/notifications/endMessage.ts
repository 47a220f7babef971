import type { RunSummary } from '../../core/domain/run.ts';
import { headline } from '../../core/runs/headlineMetric.ts';
import { duration } from '../../core/text/units.ts';
import { errorLine } from '../../core/text/errorLine.ts';

/** How a run ended, in one line for a notification, and the task whose log has more. */
export interface EndMessage {
  readonly text: string;
  readonly failed: boolean;
  readonly task?: string;
}

/** "iris-12 succeeded in 8 s: accuracy 0.97", "iris-12 failed in train: ValueError: no such column". */
export function endMessage(run: RunSummary): EndMessage {
  switch (run.state) {
    case 'succeeded':
      return {
        text: [`${run.label} succeeded${timed(run, 'in')}`, headline(run.metrics)].filter(Boolean).join(': '),
        failed: false,
      };
    case 'failed':
      return failure(run);
    case 'interrupted':
      return { text: `${run.label} was interrupted: nothing works on it any more.`, failed: true };
    case 'stopped':
      return { text: `${run.label} was stopped${timed(run, 'after')}`, failed: false };
    default:
      return { text: `${run.label} is ${run.state}`, failed: false };
  }
}

function failure({ label, error }: RunSummary): EndMessage {
  const task = error?.task;
  const head = task === undefined ? `${label} failed` : `${label} failed in ${task}`;
  const text = error === undefined ? head : `${head}: ${errorLine(error)}`;
  return { text, failed: true, ...(task === undefined ? {} : { task }) };
}

function timed(run: RunSummary, word: string): string {
  if (run.endedAt === undefined) return '';
  return ` ${word} ${duration(run.endedAt - (run.startedAt ?? run.createdAt))}`;
}
