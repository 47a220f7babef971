import type { Focus } from '../domain/focus.ts';
import { readTiming } from '../schedules/readTiming.ts';
import type { Groups } from './sentence.ts';
import { startRun } from './startRun.ts';
import { unquote } from './words.ts';

/** What a sentence schedules, and when. */
export interface ScheduleWish {
  readonly pipeline?: string | undefined;
  readonly parameters?: { [name: string]: string } | undefined;
  readonly when: string;
}

/** "schedule iris with max_depth 3 every weekday at 6": undefined where no time stands at its end. */
export function scheduleWish({ what = '' }: Groups, focus: Focus): ScheduleWish | undefined {
  const words = what.trim().split(/\s+/);
  for (let at = 0; at < words.length; at += 1) {
    const when = words.slice(at).join(' ');
    if (readTiming(when) !== undefined) return wishOf(words.slice(0, at).join(' '), when, focus);
  }
  return undefined;
}

/** "every weekday at 6 run iris". */
export function scheduleWishAfter({ when = '', what = '' }: Groups, focus: Focus): ScheduleWish | undefined {
  return readTiming(when) === undefined ? undefined : wishOf(what, when, focus);
}

function wishOf(what: string, when: string, focus: Focus): ScheduleWish | undefined {
  const named = what.replace(/\s+(?:to run|to be run|runs?|laufen|for|to be trained)$/i, '');
  const run = startRun({ verb: 'run', what: named }, focus);
  if (run?.pipeline === undefined) return undefined;
  const { pipeline, parameters } = run;
  return { pipeline, ...(parameters === undefined ? {} : { parameters }), when };
}

/** The schedule that "the schedule", "the iris schedule", "the schedule of iris", "den Zeitplan von iris" mean. */
export function scheduleNamed({ before = '', after = '' }: Groups, focus: Focus): string {
  const said = after.trim() === '' ? before : after;
  const bare = unquote(
    said.trim().replace(/^(?:(?:the|my|this|that|of|for|den|der|die|das|von|für|fuer)(?:\s+|$))+/i, ''),
  );
  return bare === '' ? (focus.schedule ?? 'the schedule') : bare;
}
