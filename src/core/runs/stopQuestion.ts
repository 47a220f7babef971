import { isActive, type Run } from '../domain/run.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { named } from '../text/literal.ts';
import { nameText, plain } from '../text/markdown.ts';
import type { RunEndQuestion } from './deleteQuestion.ts';
import { progressLine } from './progressLine.ts';

/** What is running and what ends. Throws MlopsError conflict for a run that has ended. */
export function stopQuestion(run: Run): RunEndQuestion {
  if (!isActive(run.state)) {
    const how = run.state === 'interrupted' ? 'was interrupted' : run.state;
    throw new MlopsError('conflict', `${named(run.id)} has already ended: it ${how}.`);
  }
  return {
    title: `Stop ${nameText(run.id)}?`,
    message: `${plain(progressLine(run))}.\n\nUnfinished tasks end at once; finished ones keep their results, and a later run can take them from the cache.`,
  };
}
