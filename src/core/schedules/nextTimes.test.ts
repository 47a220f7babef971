import { expect, it } from 'vitest';
import type { Timing } from '../domain/schedule.ts';
import { nextTimes } from './nextTimes.ts';
import { wallText } from './zone.ts';

const at = (text: string) => Date.parse(text);
const next = (cron: string, after: string, zone = 'UTC') =>
  nextTimes({ kind: 'cron', cron }, { after: at(after), count: 3, zone }).map((time) =>
    new Date(time).toISOString().replace(':00.000Z', '').replace('T', ' '),
  );

it.each([
  // 28 November 2026 is a Saturday.
  ['0 0 6 * * 1-5', '2026-11-28T12:00:00Z', ['2026-11-30 06:00', '2026-12-01 06:00', '2026-12-02 06:00']],
  ['0 */30 * * * *', '2026-12-31T23:10:00Z', ['2026-12-31 23:30', '2027-01-01 00:00', '2027-01-01 00:30']],
  ['0 30 2 1 * *', '2026-11-01T02:30:00Z', ['2026-12-01 02:30', '2027-01-01 02:30', '2027-02-01 02:30']],
  ['0 0 0 29 2 *', '2026-01-01T00:00:00Z', ['2028-02-29 00:00', '2032-02-29 00:00', '2036-02-29 00:00']],
  ['0 0 0 31 * *', '2026-11-01T00:00:00Z', ['2026-12-31 00:00', '2027-01-31 00:00', '2027-03-31 00:00']],
  // Where both are named, a day of either counts.
  ['0 0 6 1 * 1', '2026-11-28T12:00:00Z', ['2026-11-30 06:00', '2026-12-01 06:00', '2026-12-07 06:00']],
  ['0 0 0 30 2 *', '2026-01-01T00:00:00Z', []],
  ['nonsense', '2026-01-01T00:00:00Z', []],
])('%s after %s', (cron, after, times) => {
  expect(next(cron, after)).toEqual(times);
});

it('a time in a zone keeps its hour over the change of the clocks', () => {
  expect(next('0 0 6 * * *', '2026-10-23T12:00:00Z', 'Europe/Berlin')).toEqual([
    '2026-10-24 04:00',
    '2026-10-25 05:00',
    '2026-10-26 05:00',
  ]);
});

it('an interval goes on from when it began', () => {
  const timing: Timing = { kind: 'interval', seconds: 3600 };
  const since = at('2026-11-28T10:15:00Z');
  const after = at('2026-11-28T12:20:00Z');
  const times = nextTimes(timing, { since, after, count: 2, zone: 'UTC' });
  expect(times.map((time) => wallText(time, 'UTC', after))).toEqual(['Sat 28 Nov 13:15', 'Sat 28 Nov 14:15']);
});
