/** A time from `from` on and before `to`, in milliseconds since 1970. A moment has no length. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

type Unit = 'hour' | 'day' | 'week' | 'month' | 'year';
type Reader = (text: string, now: number) => TimeSpan | undefined;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const month =
  '(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

/**
 * The time that a text names, on this machine's calendar: an ISO date ("2026-04-03", "2026-04", "2026-04-03 14:05") or
 * words ("yesterday", "this week", "april", "past month", "3 days ago", "monday"); undefined for any other text.
 */
export function timeSpan(text: string, now: number): TimeSpan | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/^(?:since|until|from|in|on|before|after)\s+/, '')
    .replace(/^the\s+/, '');
  for (const read of [isoMoment, isoDay, isoMonth, named, period, rolling, monthName, dayOfMonth, weekday]) {
    const span = read(words, now);
    if (span !== undefined && !Number.isNaN(span.from) && !Number.isNaN(span.to)) return span;
  }
  return undefined;
}

const at = (ms: number): TimeSpan => ({ from: ms, to: ms });

const isoMoment: Reader = (text) => {
  const found = /^(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(z|[+-]\d\d:?\d\d)?$/.exec(text);
  return found === null
    ? undefined
    : at(Date.parse(`${found[1]}T${found[2]}${found[3]?.toUpperCase() ?? ''}`));
};

const isoDay: Reader = (text) => {
  const found = /^(\d{4})-(\d\d?)-(\d\d?)$/.exec(text);
  return found === null ? undefined : existingDay(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
};

const isoMonth: Reader = (text) => {
  const found = /^(\d{4})(?:-(\d\d?))?$/.exec(text);
  if (found === null || Number(found[2] ?? 1) > 12) return undefined;
  const year = Number(found[1]);
  return found[2] === undefined ? calendar(year, 0, 12) : calendar(year, Number(found[2]) - 1, 1);
};

const named: Reader = (text, now) => {
  if (text === 'now') return at(now);
  const days = daysFromToday(text);
  return days === undefined ? undefined : spanOf('day', days, now);
};

/** Days from today by their names. */
function daysFromToday(text: string): number | undefined {
  if (text === 'today') return 0;
  if (text === 'yesterday') return -1;
  return text === 'day before yesterday' ? -2 : undefined;
}

const period: Reader = (text, now) => {
  const found = /^(?<which>this|current|last|previous) (?<unit>week|month|year)$/.exec(text)?.groups;
  if (found === undefined) return undefined;
  return spanOf(found['unit'] as Unit, /this|current/.test(found['which'] ?? '') ? 0 : -1, now);
};

/** "past month", "last 3 days" end now; "3 days ago" is that day. */
const rolling: Reader = (text, now) => {
  const found =
    /^(?:(?<past>past|last|previous) )?(?:(?<count>\d{1,4}|an?|one|few) )?(?<unit>hour|day|week|month|year)s?(?<ago> ago)?$/.exec(
      text,
    )?.groups;
  const given = found?.['count'];
  if (found === undefined || (found['past'] === undefined) === (found['ago'] === undefined)) return undefined;
  const count = given === 'few' ? 3 : /^\d+$/.test(given ?? '') ? Number(given) : 1;
  const unit = found['unit'] as Unit;
  const from = moved(now, unit, -count);
  if (found['past'] !== undefined) return { from, to: now };
  return unit === 'hour' ? at(from) : spanOf('day', 0, from);
};

/** "april", "april 2026": without a year the last one that has begun. */
const monthName: Reader = (text, now) => {
  const found = new RegExp(`^(?:(?<which>last|this) )?${month}(?:,? (?<year>\\d{4}))?$`).exec(text)?.groups;
  if (found === undefined) return undefined;
  const index = monthIndex(found['month']);
  return calendar(yearOf(found['year'], index, 1, now), index, 1);
};

/** "3 april", "april 3, 2026", "3rd of april". */
const dayOfMonth: Reader = (text, now) => {
  const day = '(?<day>\\d{1,2})(?:st|nd|rd|th|\\.)?';
  const year = '(?:,? (?<year>\\d{4}))?';
  const patterns = [`^${day} (?:of )?${month}${year}$`, `^${month} ${day}${year}$`];
  const found = patterns.map((pattern) => new RegExp(pattern).exec(text)?.groups).find(Boolean);
  if (found === undefined) return undefined;
  const index = monthIndex(found['month']);
  const date = Number(found['day']);
  return existingDay(yearOf(found['year'], index, date, now), index, date);
};

/** The last day of that name, which may be today; with "last", before today. */
const weekday: Reader = (text, now) => {
  const found = /^(?<last>last )?(?<day>sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?$/.exec(
    text,
  )?.groups;
  if (found === undefined) return undefined;
  const wanted = weekdays.indexOf(found['day']?.slice(0, 3) ?? '');
  const back = (new Date(now).getDay() - wanted + 7) % 7;
  return spanOf('day', back === 0 && found['last'] !== undefined ? -7 : -back, now);
};

const monthIndex = (name = '') => months.indexOf(name.slice(0, 3));

function yearOf(given: string | undefined, index: number, date: number, now: number): number {
  if (given !== undefined) return Number(given);
  const year = new Date(now).getFullYear();
  return new Date(year, index, date).getTime() > now ? year - 1 : year;
}

/** A day of the calendar; undefined for one that there is not. */
function existingDay(year: number, index: number, date: number): TimeSpan | undefined {
  if (new Date(year, index, date).getMonth() !== index) return undefined;
  return { from: new Date(year, index, date).getTime(), to: new Date(year, index, date + 1).getTime() };
}

function calendar(year: number, index: number, length: number): TimeSpan {
  return { from: new Date(year, index, 1).getTime(), to: new Date(year, index + length, 1).getTime() };
}

/** The day, week (from Monday), month or year that `now` is in, or one that is `away` from it. */
function spanOf(unit: Unit, away: number, now: number): TimeSpan {
  const date = new Date(now);
  const [year, index] = [date.getFullYear(), date.getMonth()];
  if (unit === 'year') return calendar(year + away, 0, 12);
  if (unit === 'month') return calendar(year, index + away, 1);
  const monday = date.getDate() - ((date.getDay() + 6) % 7);
  const [first, days] = unit === 'week' ? [monday + 7 * away, 7] : [date.getDate() + away, 1];
  return { from: new Date(year, index, first).getTime(), to: new Date(year, index, first + days).getTime() };
}

/** The same time of day some units later. */
function moved(ms: number, unit: Unit, count: number): number {
  const date = new Date(ms);
  if (unit === 'hour') return ms + count * 3_600_000;
  if (unit === 'day') date.setDate(date.getDate() + count);
  if (unit === 'week') date.setDate(date.getDate() + 7 * count);
  if (unit === 'month') date.setMonth(date.getMonth() + count);
  if (unit === 'year') date.setFullYear(date.getFullYear() + count);
  return date.getTime();
}
