import { own } from '../domain/own.ts';

/** The values that each field of a cron allows. */
export interface CronFields {
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  /** From Sunday, which is 0. */
  readonly weekdays: readonly number[];
  /** False where the field has `*` or `?`: where both are restricted, a day of either starts a run. */
  readonly restrictsDays: boolean;
  readonly restrictsWeekdays: boolean;
}

export type CronRead =
  | { readonly kind: 'cron'; readonly cron: string; readonly fields: CronFields }
  | { readonly kind: 'problem'; readonly problem: string };

interface FieldKind {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdays = 'sun mon tue wed thu fri sat'.split(' ');

const kinds = [
  { name: 'second', least: 0, most: 59 },
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of the month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, words: ['', ...months] },
  { name: 'weekday', least: 0, most: 6, words: weekdays },
] as const satisfies readonly FieldKind[];

const named: { readonly [name: string]: string } = {
  '@yearly': '0 0 0 1 1 *',
  '@annually': '0 0 0 1 1 *',
  '@monthly': '0 0 0 1 * *',
  '@weekly': '0 0 0 * * 0',
  '@daily': '0 0 0 * * *',
  '@midnight': '0 0 0 * * *',
  '@hourly': '0 0 * * * *',
};

/** Reads a cron as a Pipelines server does: with seconds, and five fields lack the weekday. */
export function readCron(text: string): CronRead {
  const cron = own(named, text.trim().toLowerCase()) ?? text.trim();
  const fields = cron.split(/\s+/);
  if (fields.length < 5 || fields.length > 6)
    return problem(`A cron has six fields, with seconds first; this one has ${fields.length}.`);
  const whole = fields.length === 5 ? [...fields, '*'] : fields;
  const read = whole.map((field, index) => readField(field.toLowerCase(), kinds[index] ?? kinds[0]));
  const bad = read.find((one) => typeof one === 'string');
  if (typeof bad === 'string') return problem(bad);
  const [seconds = [], minutes = [], hours = [], days = [], inMonths = [], onWeekdays = []] =
    read as readonly (readonly number[])[];
  return {
    kind: 'cron',
    cron: whole.join(' '),
    fields: {
      seconds,
      minutes,
      hours,
      days,
      months: inMonths,
      weekdays: onWeekdays,
      restrictsDays: !hasStar(whole[3]),
      restrictsWeekdays: !hasStar(whole[5]),
    },
  };
}

/** Reads a cron as people write it: five fields begin with the minute, and 7 is a Sunday as well. */
export function readCronOfPeople(text: string): CronRead {
  const fields = text.trim().split(/\s+/);
  const whole = fields.length === 5 && !text.startsWith('@') ? ['0', ...fields] : fields;
  const weekday = whole[5];
  if (whole.length !== 6 || weekday === undefined || !weekday.includes('7')) return readCron(whole.join(' '));
  const read = readField(weekday.toLowerCase(), { ...kinds[5], most: 7 });
  if (typeof read === 'string') return problem(read);
  const days = [...new Set(read.map((day) => day % 7))].toSorted((a, b) => a - b);
  return readCron([...whole.slice(0, 5), days.join(',')].join(' '));
}

function problem(words: string): CronRead {
  return { kind: 'problem', problem: words };
}

/** A step over all days still counts as no restriction. */
const hasStar = (field = '*') => field.split(',').some((part) => /^[*?]/.test(part));

const isAny = (field = '*') => /^[*?]$/.test(field);

/** The values of a field in order, or what is wrong with it. */
function readField(field: string, kind: FieldKind): readonly number[] | string {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const range = readPart(part, kind);
    if (range === undefined)
      return `The ${kind.name} of a cron is a number from ${kind.least} to ${kind.most}, a range, a step or *.`;
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
  }
  return [...values].toSorted((a, b) => a - b);
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** "*", "5", "1-5", "mon-fri", any of them with a step. A number with a step begins a range. */
function readPart(part: string, kind: FieldKind): Range | undefined {
  const { from, to, step } =
    /^(?<from>[^/-]+)(?:-(?<to>[^/-]+))?(?:\/(?<step>\d{1,3}))?$/.exec(part)?.groups ?? {};
  const apart = Number(step ?? 1);
  if (from === undefined || apart < 1) return undefined;
  if (isAny(from) && to === undefined) return { from: kind.least, to: kind.most, step: apart };
  const alone = step === undefined ? from : String(kind.most);
  return rangeOf(valueOf(from, kind), valueOf(to ?? alone, kind), apart);
}

function rangeOf(from: number | undefined, to: number | undefined, step: number): Range | undefined {
  return from === undefined || to === undefined || from > to ? undefined : { from, to, step };
}

function valueOf(text: string, { least, most, words = [] }: FieldKind): number | undefined {
  const word = text === '' ? -1 : words.indexOf(text);
  const value = word >= 0 ? word : /^\d{1,2}$/.test(text) ? Number(text) : -1;
  return value >= least && value <= most ? value : undefined;
}
