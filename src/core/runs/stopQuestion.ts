import { isActive, type Run } from '../domain/run.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { plain } from '../text/markdown.ts';
import type { RunEndQuestion } from './deleteQuestion.ts';
import { progressLine } from './progressLine.ts';

/** What is running and what ends. Throws MlopsError conflict for a run that has ended. */
export function stopQuestion(run: Run): RunEndQuestion {
  if (!isActive(run.state)) {
    const how = run.state === 'interrupted' ? 'was interrupted' : run.state;
    throw new MlopsError('conflict', `${run.id} has already ended: it ${how}.`);
  }
  return {
    title: `Stop ${run.id}?`,
    message: `${plain(progressLine(run))}.\n\nUnfinished tasks end at once; finished ones keep their results, and a later run can take them from the cache.`,
  };
}
