import { simpleName } from '../domain/sameWords.ts';
import type { Schedule } from '../domain/schedule.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { Schedules } from '../ports/schedules.ts';
import { asName, quoted } from '../text/literal.ts';

const mostPages = 10;

/** All schedules, the newest first, and whether there are more than were read. */
export async function allSchedules(
  schedules: Schedules,
  signal: AbortSignal,
): Promise<{ readonly items: readonly Schedule[]; readonly more: boolean }> {
  const items: Schedule[] = [];
  let page: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const read = await schedules.list({ size: 200, ...(page === undefined ? {} : { page }) }, signal);
    items.push(...read.items);
    page = read.next;
    if (page === undefined) return { items, more: false };
  }
  return { items, more: true };
}

/** Words for the only one that there is. */
const theOnlyOne = /^(?:(?:the|my|this|that) )?(?:schedule|recurring run|one|it|this|that)$/i;

/**
 * The schedule that a text means: by id, name, pipeline or a part of its name; "the schedule" is the only one, or the only one that is on
 * (`enabled`) or off. Throws MlopsError notFound, or conflict where several fit.
 */
export async function findSchedule(
  schedules: Schedules,
  text: string,
  signal: AbortSignal,
  enabled?: boolean,
): Promise<Schedule> {
  const { items } = await allSchedules(schedules, signal);
  const fitting = fittingOf(items, text);
  const inState = fitting.filter((one) => one.enabled === enabled);
  const meant = fitting.length > 1 && inState.length > 0 ? inState : fitting;
  const [first, ...others] = meant;
  if (first === undefined) throw notFound(text, items);
  if (others.length > 0) throw severalFit(text, meant);
  return first;
}

function fittingOf(items: readonly Schedule[], text: string): readonly Schedule[] {
  if (theOnlyOne.test(text.trim())) return items;
  const wanted = simpleName(text);
  const ways: readonly ((one: Schedule) => boolean)[] = [
    ({ id }) => id === text.trim(),
    ({ name }) => simpleName(name) === wanted,
    ({ pipeline }) => simpleName(pipeline.name) === wanted,
    ({ name }) => wanted.length > 2 && simpleName(name).includes(wanted),
  ];
  return ways.map((way) => items.filter(way)).find((found) => found.length > 0) ?? [];
}

function notFound(text: string, items: readonly Schedule[]): MlopsError {
  const names = [...new Set(items.map(({ name }) => name))].slice(0, 5).map(asName);
  const hint = names.length === 0 ? 'There are no schedules.' : `There are ${names.join(', ')}.`;
  return new MlopsError('notFound', `There is no schedule ${quoted(text)}.`, { hint });
}

function severalFit(text: string, fitting: readonly Schedule[]): MlopsError {
  const names = fitting.slice(0, 5).map(({ name, id }) => `${asName(name)} (${asName(id)})`);
  return new MlopsError('conflict', `Several schedules fit ${quoted(text)}: ${names.join(', ')}.`, {
    hint: 'Name the one meant by its id.',
  });
}
