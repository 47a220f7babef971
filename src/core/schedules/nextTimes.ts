import type { Timing } from '../domain/schedule.ts';
import { type CronFields, readCron } from './cron.ts';
import { instantOf, wallOf } from './zone.ts';

const day = 86_400_000;
/** A cron that finds no day in so many has none, such as the 30th of February. */
const mostDays = 5 * 366;

export interface NextQuery {
  /** Only times after this one, in milliseconds since 1970. */
  readonly after: number;
  readonly count: number;
  readonly zone: string;
  /** When an interval begins; left out: `after`. */
  readonly since?: number;
}

/** The next times at which a schedule starts runs; none for a cron that cannot be read or has no day. */
export function nextTimes(timing: Timing, query: NextQuery): readonly number[] {
  const { after, count, zone, since = after } = query;
  if (timing.kind === 'interval') {
    const apart = timing.seconds * 1000;
    const first = since + (Math.floor((Math.max(after, since) - since) / apart) + 1) * apart;
    return Array.from({ length: count }, (_, index) => first + index * apart);
  }
  const read = readCron(timing.cron);
  if (read.kind === 'problem') return [];
  const found: number[] = [];
  let wall = wallOf(after, zone);
  while (found.length < count) {
    const next = nextWall(read.fields, wall);
    if (next === undefined) break;
    wall = next;
    const instant = instantOf(wall, zone);
    // An hour that a clock shows twice in autumn, or never in spring.
    if (instant > (found.at(-1) ?? after)) found.push(instant);
  }
  return found;
}

/** The first time after this one that fits, as a clock on the wall shows it. */
function nextWall(fields: CronFields, wall: number): number | undefined {
  const today = Math.floor(wall / day) * day;
  for (let days = 0; days <= mostDays; days += 1) {
    const date = today + days * day;
    if (!isDay(fields, new Date(date))) continue;
    const time = firstTime(fields, days === 0 ? wall - today : -1);
    if (time !== undefined) return date + time;
  }
  return undefined;
}

function isDay({ months, ...fields }: CronFields, date: Date): boolean {
  if (!months.includes(date.getUTCMonth() + 1)) return false;
  const inDays = fields.days.includes(date.getUTCDate());
  const inWeekdays = fields.weekdays.includes(date.getUTCDay());
  return fields.restrictsDays && fields.restrictsWeekdays ? inDays || inWeekdays : inDays && inWeekdays;
}

/** The first time of a day after this one, in milliseconds since its beginning. */
function firstTime({ hours, minutes, seconds }: CronFields, after: number): number | undefined {
  for (const hour of hours.filter((one) => (one + 1) * 3_600_000 > after))
    for (const minute of minutes.filter((one) => hour * 3_600_000 + (one + 1) * 60_000 > after))
      for (const second of seconds) {
        const time = ((hour * 60 + minute) * 60 + second) * 1000;
        if (time > after) return time;
      }
  return undefined;
}
