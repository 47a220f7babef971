import type { Schedule, Timing } from '../domain/schedule.ts';
import { nextTimes } from './nextTimes.ts';
import { wallText } from './zone.ts';

/** The zone of this machine's clock. */
export function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Where and when the next times are told. */
export interface NextPlace {
  readonly zone: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The zone of the person's own clock. */
  readonly here: string;
}

/** The next times of a timing: "Mon 30 Nov 06:00 UTC (07:00 here)". */
export function nextTexts(
  timing: Timing,
  { zone, now, here }: NextPlace,
  { count, since }: { readonly count: number; readonly since?: number },
): readonly string[] {
  const times = nextTimes(timing, { after: now, count, zone, ...(since === undefined ? {} : { since }) });
  return times.map((time) => {
    const there = wallText(time, zone, now);
    const own = wallText(time, here, now);
    if (own === there) return `${there} ${zone}`;
    const day = own.slice(0, own.lastIndexOf(' '));
    return `${there} ${zone} (${there.startsWith(`${day} `) ? own.slice(day.length + 1) : own} here)`;
  });
}

/** When a schedule starts its next run; undefined for one that is off, over, or starts none by itself. */
export function nextOf(schedule: Schedule, now: number, here: string): string | undefined {
  const { enabled, timing, zone, createdAt, startsAt = createdAt, endsAt = Infinity } = schedule;
  if (!enabled || timing === undefined) return undefined;
  const from = Math.max(now, startsAt);
  const [time] = nextTimes(timing, { after: from, count: 1, zone, since: startsAt });
  if (time === undefined || time > endsAt) return undefined;
  return nextTexts(timing, { zone, now: from, here }, { count: 1, since: startsAt })[0];
}
