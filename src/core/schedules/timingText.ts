import type { Timing } from '../domain/schedule.ts';
import { type CronFields, readCron } from './cron.ts';

const dayNames = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const monthNames =
  'January February March April May June July August September October November December'.split(' ');

/** A schedule in words, with the zone of its times: "every weekday at 06:00 UTC", "every 30 minutes". */
export function timingText(timing: Timing | undefined, zone: string): string {
  if (timing === undefined) return 'never by itself';
  if (timing.kind === 'interval') return `every ${apartText(timing.seconds)}`;
  const read = readCron(timing.cron);
  if (read.kind === 'problem') return 'by a cron that cannot be read';
  const { fields } = read;
  const clock = clockText(fields, zone);
  if (clock === undefined) return `by the cron ${read.cron} (${zone})`;
  const [days, months] = [daysText(fields), monthsText(fields.months)];
  const isTime = clock.startsWith('at ');
  const base = isTime ? `${days} ${clock}` : days === 'every day' ? clock : `${clock}, ${days}`;
  return months === '' ? base : `${base}, ${months}`;
}

/** "30 minutes", "2 hours", "10 days", "minute". */
function apartText(seconds: number): string {
  for (const [length, name] of [
    [604_800, 'week'],
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ] as const)
    if (seconds % length === 0) return seconds === length ? name : `${seconds / length} ${name}s`;
  return seconds === 1 ? 'second' : `${seconds} seconds`;
}

/** "at 06:00 UTC", "every 2 hours", "every 30 minutes between 08:00 and 18:59 UTC"; undefined for what has no short words. */
function clockText(fields: CronFields, zone: string): string | undefined {
  const { seconds, minutes, hours } = fields;
  const bySeconds = stepOf(seconds, 60);
  if (bySeconds !== undefined && minutes.length === 60 && hours.length === 24)
    return `every ${apartText(bySeconds)}`;
  if (seconds.length > 1) return undefined;
  return minutes.length > 1 ? minutesText(fields, zone) : hoursText(fields, zone);
}

function hoursText({ seconds, minutes, hours }: CronFields, zone: string): string | undefined {
  const [minute = 0, second = 0] = [minutes[0], seconds[0]];
  const past = second === 0 ? two(minute) : `${two(minute)}:${two(second)}`;
  const apart = stepOf(hours, 24);
  if (apart !== undefined && hours.length > 3)
    return `every ${apartText(apart * 3600)}${past === '00' ? '' : ` at ${past} past`}`;
  return hours.length > 6 ? undefined : `at ${joined(hours.map((hour) => `${two(hour)}:${past}`))} ${zone}`;
}

function minutesText({ seconds, minutes, hours }: CronFields, zone: string): string | undefined {
  const apart = stepOf(minutes, 60);
  if (apart === undefined || seconds[0] !== 0) return undefined;
  const every = `every ${apartText(apart * 60)}`;
  if (hours.length === 24) return every;
  const [first = 0, last = 0] = [hours[0], hours.at(-1)];
  const isRange = last - first + 1 === hours.length;
  return isRange ? `${every} between ${two(first)}:00 and ${two(last)}:59 ${zone}` : undefined;
}

/** How far apart values are that go round evenly from 0; undefined where they do not. */
function stepOf(values: readonly number[], round: number): number | undefined {
  const step = round / values.length;
  return values.length > 1 && values.every((value, index) => value === index * step) ? step : undefined;
}

function daysText({ days, weekdays, restrictsDays, restrictsWeekdays }: CronFields): string {
  const onDays = `on the ${joined(days.map(ordinal))} of the month`;
  if (!restrictsWeekdays && weekdays.length === 7) return days.length === 31 ? 'every day' : onDays;
  const onWeekdays = weekdaysText(weekdays);
  if (days.length === 31) return onWeekdays;
  return restrictsDays && restrictsWeekdays
    ? `${onDays} and ${onWeekdays}`
    : `${onDays} where it is ${onWeekdays}`;
}

function weekdaysText(weekdays: readonly number[]): string {
  switch (weekdays.join('')) {
    case '0123456':
      return 'every day';
    case '12345':
      return 'every weekday';
    case '06':
      return 'every Saturday and Sunday';
    default:
      // A week begins on Monday.
      return `every ${joined(weekdays.toSorted((a, b) => ((a + 6) % 7) - ((b + 6) % 7)).map((day) => dayNames[day] ?? ''))}`;
  }
}

function monthsText(months: readonly number[]): string {
  return months.length === 12 ? '' : `in ${joined(months.map((month) => monthNames[month - 1] ?? ''))}`;
}

function ordinal(day: number): string {
  const end = day > 3 && day < 21 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${end}`;
}

const two = (value: number) => String(value).padStart(2, '0');

function joined(texts: readonly string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} and ${last}`;
}
