import { message, named, type Question, textParagraph } from '../domain/question.ts';
import { isActive, type Run } from '../domain/run.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { asName } from '../text/literal.ts';
import { progressLine } from './progressLine.ts';

/** The question what is running and will be stopped. Throws MlopsError conflict for a run that has ended. */
export function stopQuestion(run: Run): Question {
  if (!isActive(run.state)) {
    const how = run.state === 'interrupted' ? 'was interrupted' : run.state;
    throw new MlopsError('conflict', `${asName(run.label)} has already ended: it ${how}.`);
  }
  return {
    title: ['Stop ', named(run.label), '?'],
    verb: 'Stop',
    paragraphs: [
      textParagraph(message(progressLine(run)), '.'),
      textParagraph(
        'Unfinished tasks end at once; finished ones keep their results, and a later run can take them from the cache.',
      ),
    ],
  };
}
