import type { Named } from '../domain/mention.ts';
import type { Schedule } from '../domain/schedule.ts';
import { nextOf } from '../schedules/nextText.ts';
import { timingText } from '../schedules/timingText.ts';
import { code, nameText } from '../text/markdown.ts';

export function mentionOfSchedule({ id, name, pipeline, enabled }: Schedule): Named {
  return { kind: 'schedule', id, name, pipeline: pipeline.name, enabled };
}

/** "- `iris` on: every weekday at 06:00 UTC, next Mon 30 Nov 06:00 UTC". Its id where another one has the same name. */
export function scheduleLine(
  schedule: Schedule,
  all: readonly Schedule[],
  now: number,
  here: string,
): string {
  const { name, id, pipeline, enabled, timing, zone } = schedule;
  const twins = all.filter((one) => one.name === name).length > 1;
  const of = pipeline.name === name ? '' : ` of ${code(pipeline.name)}`;
  const next = nextOf(schedule, now, here);
  return [
    `- ${code(name)}${twins ? ` (${code(id)})` : ''}${of} ${enabled ? 'on' : 'off'}: `,
    nameText(timingText(timing, zone)),
    next === undefined ? '' : `, next ${nameText(next)}`,
  ].join('');
}
