import { describe, expect, it } from 'vitest';
import { day, moment, momentAfter } from '../text/dates.ts';
import { timeSpan } from './timeSpan.ts';

/** Friday, 8 May 2026, a quarter past two in the afternoon. */
const now = new Date(2026, 4, 8, 14, 15).getTime();

describe('the time that a text names', () => {
  it.each([
    ['2026-04-03', '2026-04-03 00:00', '2026-04-04 00:00'],
    ['2026-04', '2026-04-01 00:00', '2026-05-01 00:00'],
    ['2025', '2025-01-01 00:00', '2026-01-01 00:00'],
    ['2026-04-03 09:30', '2026-04-03 09:30', '2026-04-03 09:30'],
    ['2026-04-03T09:30:00', '2026-04-03 09:30', '2026-04-03 09:30'],
    ['today', '2026-05-08 00:00', '2026-05-09 00:00'],
    ['Yesterday', '2026-05-07 00:00', '2026-05-08 00:00'],
    ['now', '2026-05-08 14:15', '2026-05-08 14:15'],
    ['this week', '2026-05-04 00:00', '2026-05-11 00:00'],
    ['last week', '2026-04-27 00:00', '2026-05-04 00:00'],
    ['this month', '2026-05-01 00:00', '2026-06-01 00:00'],
    ['last month', '2026-04-01 00:00', '2026-05-01 00:00'],
    ['the past month', '2026-04-08 14:15', '2026-05-08 14:15'],
    ['last 3 days', '2026-05-05 14:15', '2026-05-08 14:15'],
    ['2 days ago', '2026-05-06 00:00', '2026-05-07 00:00'],
    ['a week ago', '2026-05-01 00:00', '2026-05-02 00:00'],
    ['3 hours ago', '2026-05-08 11:15', '2026-05-08 11:15'],
    ['april', '2026-04-01 00:00', '2026-05-01 00:00'],
    ['in June', '2025-06-01 00:00', '2025-07-01 00:00'],
    ['april 2025', '2025-04-01 00:00', '2025-05-01 00:00'],
    ['3 April', '2026-04-03 00:00', '2026-04-04 00:00'],
    ['May 8th, 2026', '2026-05-08 00:00', '2026-05-09 00:00'],
    ['12 may', '2025-05-12 00:00', '2025-05-13 00:00'],
    ['monday', '2026-05-04 00:00', '2026-05-05 00:00'],
    ['friday', '2026-05-08 00:00', '2026-05-09 00:00'],
    ['last friday', '2026-05-01 00:00', '2026-05-02 00:00'],
  ])('reads %s', (text, from, to) => {
    const span = timeSpan(text, now);
    expect(span && [moment(span.from), moment(span.to)]).toEqual([from, to]);
  });

  it('reads a moment with its zone', () => {
    expect(timeSpan('2026-04-03T09:30Z', now)?.from).toBe(Date.UTC(2026, 3, 3, 9, 30));
  });

  it.each(['someday', '2026-02-30', '2026-13', '31 february', 'days', '3 days', ''])(
    'does not guess at "%s"',
    (text) => {
      expect(timeSpan(text, now)).toBeUndefined();
    },
  );
});

describe('a time as it is written', () => {
  it('has its day, and only the time on the same day', () => {
    expect(day(now)).toBe('2026-05-08');
    expect(momentAfter(now + 60_000, now)).toBe('14:16');
    expect(momentAfter(now + 86_400_000, now)).toBe('2026-05-09 14:15');
  });
});
