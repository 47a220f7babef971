import { message, named, type Question, textParagraph } from '../domain/question.ts';
import type { Schedule, Timing } from '../domain/schedule.ts';
import { type AskedRun, connectionPhrase, runQuestion } from '../pipelines/runQuestion.ts';
import { type NextPlace, nextOf, nextTexts } from './nextText.ts';
import { timingText } from './timingText.ts';

/** The question before runs are started again and again: when in words, the next three times, and all that is asked before a run. */
export function scheduleQuestion(asked: AskedRun, timing: Timing, place: NextPlace): Question {
  const { pipeline, connection } = asked;
  const next = nextTexts(timing, place, { count: 3 });
  const { paragraphs } = runQuestion(asked);
  return {
    title: [
      'Schedule ',
      named(pipeline.displayName ?? pipeline.name),
      ...(connection === undefined ? [] : [' on ', connectionPhrase(connection)]),
      '?',
    ],
    verb: 'Schedule',
    paragraphs: [
      textParagraph('It runs ', message(timingText(timing, place.zone)), '.'),
      ...(next.length === 0
        ? [textParagraph('It finds no day on which it would run.')]
        : [{ kind: 'values', label: 'Next', lines: next.map((text) => [message(text)]) } as const]),
      textParagraph('One run at a time; runs that were missed are not made up for.'),
      ...(timing.kind === 'cron' && place.zone === 'UTC'
        ? [textParagraph('Schedules of Kubeflow are in UTC, unless the server was set to another zone.')]
        : []),
      ...paragraphs,
    ],
  };
}

/** The question before a schedule is turned on or off. */
export function switchQuestion(schedule: Schedule, enabled: boolean, now: number, here: string): Question {
  const next = nextOf({ ...schedule, enabled: true }, now, here);
  return {
    title: [enabled ? 'Turn on the schedule ' : 'Stop the schedule ', named(schedule.name), '?'],
    verb: enabled ? 'Turn on' : 'Stop',
    paragraphs: [
      textParagraph(
        enabled ? 'It runs ' : 'It starts no more runs of ',
        ...(enabled
          ? [message(timingText(schedule.timing, schedule.zone))]
          : [named(schedule.pipeline.name), ' (', message(timingText(schedule.timing, schedule.zone)), ')']),
        '.',
      ),
      enabled
        ? textParagraph('Its next run: ', message(next ?? 'none'), '.')
        : textParagraph('A run that goes on is left alone. The schedule stays and can be turned on again.'),
    ],
  };
}

/** The question before a schedule is deleted. */
export function deleteScheduleQuestion(schedule: Schedule): Question {
  return {
    title: ['Delete the schedule ', named(schedule.name), '?'],
    verb: 'Delete',
    paragraphs: [
      textParagraph(
        'It runs ',
        named(schedule.pipeline.name),
        ' ',
        message(timingText(schedule.timing, schedule.zone)),
        schedule.enabled ? '.' : ', and is off.',
      ),
      textParagraph('Its runs stay. A deleted schedule does not come back.'),
    ],
  };
}
