import * as z from 'zod';
import { MlopsError } from '../ports/mlopsError.ts';
import { timeSpan } from '../sentences/timeSpan.ts';
import { moment } from '../text/dates.ts';
import { quoted } from '../text/literal.ts';

/** Fields of a list that may be kept to a time. */
export const timeFields = {
  since: z
    .string()
    .max(100)
    .optional()
    .describe('"2026-04-30", "yesterday", "this week", "april", "past month".'),
  until: z.string().max(100).optional().describe('To the end of it, as `since`; "in april": give both.'),
} as const;

/** A time that is asked for, in words. */
export interface AskedTime {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** A time in milliseconds since 1970. */
export interface TimeRange {
  readonly since?: number;
  readonly until?: number;
}

/** The time that is meant at the moment `now`. Throws MlopsError invalid. */
export function timeRange({ since, until }: AskedTime, now: number): TimeRange {
  const range = {
    ...(isGiven(since) ? { since: spanOf(since, now).from } : {}),
    ...(isGiven(until) ? { until: endOf(until, now) } : {}),
  };
  if (range.since !== undefined && range.until !== undefined && range.since >= range.until)
    throw new MlopsError('invalid', `${quoted(since ?? '')} is not before ${quoted(until ?? '')}.`);
  return range;
}

/** "from 2026-04-01 00:00 to 2026-05-01 00:00"; empty for any time. */
export function rangeText({ since, until }: TimeRange): string {
  const from = since === undefined ? '' : `from ${moment(since)}`;
  const to = until === undefined ? '' : `${from === '' ? 'up to' : 'to'} ${moment(until)}`;
  return [from, to].filter(Boolean).join(' ');
}

const isGiven = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

/** A span of the past ends with it; a moment ends where it is, and "until today" includes what happens now. */
function endOf(text: string, now: number): number {
  const { from, to } = spanOf(text, now);
  return to === now || from === to ? to + 1 : to;
}

function spanOf(text: string, now: number) {
  const span = timeSpan(text, now);
  if (span !== undefined) return span;
  throw new MlopsError('invalid', `${quoted(text)} is no date that is understood.`, {
    hint: 'Give it as 2026-04-30, or in words such as "yesterday", "this week", "april" or "past month".',
  });
}
