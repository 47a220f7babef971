import type { Days } from './daysIn.ts';
import type { Every } from './everyIn.ts';
import type { Times } from './timesIn.ts';
import type { TimingRead } from './timingWords.ts';

export interface SaidTiming {
  readonly every: Every | undefined;
  readonly days: Days;
  readonly times: Times;
}

/** The timing of what a text says, or why there is none. */
export function composed(said: SaidTiming): TimingRead {
  const { every, times } = said;
  if (times.vague !== undefined && times.times.length === 0)
    return problem('Say at which time, such as “at 6:30”.');
  if (every !== undefined) return apart(every, said);
  if (times.past !== undefined || times.between !== undefined)
    return problem('Say how often within the day, such as “every hour between 8 and 18”.');
  return atTimes(said, '*');
}

function problem(words: string): TimingRead {
  return { kind: 'problem', problem: words };
}

function cron(...fields: readonly string[]): TimingRead {
  return { kind: 'timing', timing: { kind: 'cron', cron: fields.join(' ') } };
}

/** Runs at some times of some days; `months` is the field of the months where no month is named. */
function atTimes({ days, times }: SaidTiming, months: string): TimingRead {
  const [first = 0, ...more] = times.times.length === 0 ? [0] : times.times;
  const minute = first % 60;
  if (more.some((time) => time % 60 !== minute))
    return problem('The times of one schedule need the same minute: make a schedule for each.');
  const hours = [first, ...more].map((time) => Math.floor(time / 60));
  return cron('0', String(minute), list(hours), ...dayFields(days, months));
}

function dayFields({ days, weekdays, months }: Days, otherwise = '*'): readonly [string, string, string] {
  return [list(days), months.length === 0 ? otherwise : list(months), list(weekdays)];
}

/** "1-5", "1,15", "*". */
function list(values: readonly number[]): string {
  if (values.length === 0) return '*';
  const [first = 0] = values;
  const isRange = values.length > 2 && values.every((value, index) => value === first + index);
  return isRange ? `${first}-${values.at(-1) ?? first}` : values.join(',');
}

const lengths = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 } as const;

/** Runs that are a time apart: by a cron where that goes round evenly, else by the time itself. */
function apart({ count, unit }: Every, said: SaidTiming): TimingRead {
  const { days, times } = said;
  if (count < 1) return problem('Runs need some time between them.');
  if (unit === 'month')
    return 12 % count === 0
      ? atTimes({ ...said, days: days.days.length === 0 ? { ...days, days: [1] } : days }, `1/${count}`)
      : problem('A year has 12 months: take a number of months by which it can be divided.');
  const even = evenly({ count, unit }, said);
  if (even !== undefined) return even;
  const isPlain =
    !days.isSaid && times.times.length === 0 && times.past === undefined && times.between === undefined;
  return isPlain
    ? { kind: 'timing', timing: { kind: 'interval', seconds: count * lengths[unit] } }
    : problem(`Every ${count} ${unit}s does not fit into set days or times: name the days or the times.`);
}

/** A cron that goes round evenly within the day; undefined where there is none. */
function evenly(
  { count, unit }: { readonly count: number; readonly unit: Exclude<Every['unit'], 'month'> },
  { days, times }: SaidTiming,
): TimingRead | undefined {
  if (times.times.length > 0 || unit === 'day' || unit === 'week') return undefined;
  const { between } = times;
  if (between !== undefined && (between[0] > between[1] || between[1] > 23))
    return problem('The hours of a day are from 0 to 23, the earlier one first.');
  return unit === 'hour' ? hourly(count, days, times) : withinHours({ count, unit }, days, times);
}

function hourly(count: number, days: Days, { past = 0, between }: Times): TimingRead | undefined {
  const within = between === undefined ? undefined : `${between[0]}-${between[1]}`;
  const step = within === undefined ? stepOf(count, 24) : count === 1 ? within : `${within}/${count}`;
  return step === undefined ? undefined : cron('0', String(past), step, ...dayFields(days));
}

function withinHours(
  { count, unit }: { readonly count: number; readonly unit: 'minute' | 'second' },
  days: Days,
  { past, between }: Times,
): TimingRead | undefined {
  const hours = between === undefined ? '*' : `${between[0]}-${between[1]}`;
  const step = stepOf(count, 60);
  if (step === undefined || past !== undefined) return undefined;
  const fields = [hours, ...dayFields(days)];
  return unit === 'minute' ? cron('0', step, ...fields) : cron(step, '*', ...fields);
}

function stepOf(count: number, round: number): string | undefined {
  if (count === 1) return '*';
  return round % count === 0 ? `*/${count}` : undefined;
}
