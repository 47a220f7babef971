import { describe, expect, it } from 'vitest';
import { readTiming } from './readTiming.ts';
import { timingText } from './timingText.ts';

/** Words, the cron that they mean (or the seconds apart), and how it is said back. */
const said = `
every day at 6 | 0 0 6 * * * | every day at 06:00 UTC
daily at 6:30 | 0 30 6 * * * | every day at 06:30 UTC
daily | 0 0 0 * * * | every day at 00:00 UTC
every weekday at 6 | 0 0 6 * * 1-5 | every weekday at 06:00 UTC
on weekdays at 6am | 0 0 6 * * 1-5 | every weekday at 06:00 UTC
at 6 on weekdays | 0 0 6 * * 1-5 | every weekday at 06:00 UTC
every weekday at six o'clock | 0 0 6 * * 1-5 | every weekday at 06:00 UTC
every working day at 18:45 UTC | 0 45 18 * * 1-5 | every weekday at 18:45 UTC
monday to friday at 7 | 0 0 7 * * 1-5 | every weekday at 07:00 UTC
mon-fri at 7:15 | 0 15 7 * * 1-5 | every weekday at 07:15 UTC
every weekend at 10 | 0 0 10 * * 0,6 | every Saturday and Sunday at 10:00 UTC
every monday at 9 | 0 0 9 * * 1 | every Monday at 09:00 UTC
mondays at 9 pm | 0 0 21 * * 1 | every Monday at 21:00 UTC
every monday and thursday at 18:00 | 0 0 18 * * 1,4 | every Monday and Thursday at 18:00 UTC
every sunday at noon | 0 0 12 * * 0 | every Sunday at 12:00 UTC
tuesday, thursday and sunday at 4 | 0 0 4 * * 0,2,4 | every Tuesday, Thursday and Sunday at 04:00 UTC
weekly | 0 0 0 * * 1 | every Monday at 00:00 UTC
weekly on friday at 17:00 | 0 0 17 * * 5 | every Friday at 17:00 UTC
every night at 2 | 0 0 2 * * * | every day at 02:00 UTC
every day at midnight | 0 0 0 * * * | every day at 00:00 UTC
every evening at 8 pm | 0 0 20 * * * | every day at 20:00 UTC
every day at 8 in the evening | 0 0 20 * * * | every day at 20:00 UTC
every day at 12 am | 0 0 0 * * * | every day at 00:00 UTC
every day at half past six | 0 30 6 * * * | every day at 06:30 UTC
every day at 6 and 18 | 0 0 6,18 * * * | every day at 06:00 and 18:00 UTC
every day at 6:15 and 18:15 | 0 15 6,18 * * * | every day at 06:15 and 18:15 UTC
every hour | 0 0 * * * * | every hour
hourly | 0 0 * * * * | every hour
every hour at minute 15 | 0 15 * * * * | every hour at 15 past
every hour at 20 past | 0 20 * * * * | every hour at 20 past
every 2 hours | 0 0 */2 * * * | every 2 hours
every two hours on weekdays | 0 0 */2 * * 1-5 | every 2 hours, every weekday
every other hour | 0 0 */2 * * * | every 2 hours
every 6 hours | 0 0 */6 * * * | every 6 hours
every 30 minutes | 0 */30 * * * * | every 30 minutes
every half hour | 0 */30 * * * * | every 30 minutes
every 5 min | 0 */5 * * * * | every 5 minutes
every minute | 0 * * * * * | every minute
every 15 minutes on weekdays | 0 */15 * * * 1-5 | every 15 minutes, every weekday
every 30 minutes between 8 and 18 | 0 */30 8-18 * * * | every 30 minutes between 08:00 and 18:59 UTC
every 10 seconds | */10 * * * * * | every 10 seconds
every 45 minutes | 2700 | every 45 minutes
every 90 minutes | 5400 | every 90 minutes
every 5 hours | 18000 | every 5 hours
every 2 days | 172800 | every 2 days
every other day | 172800 | every 2 days
every 2 weeks | 1209600 | every 2 weeks
on the first of the month at 2:30 | 0 30 2 1 * * | on the 1st of the month at 02:30 UTC
on the 1st of each month at 2:30 | 0 30 2 1 * * | on the 1st of the month at 02:30 UTC
on the 1st and 15th of the month at 6 | 0 0 6 1,15 * * | on the 1st and 15th of the month at 06:00 UTC
on day 3 of every month at 4 | 0 0 4 3 * * | on the 3rd of the month at 04:00 UTC
monthly | 0 0 0 1 * * | on the 1st of the month at 00:00 UTC
monthly on the 15th at 6 | 0 0 6 15 * * | on the 15th of the month at 06:00 UTC
every month on the 22nd at 23:59 | 0 59 23 22 * * | on the 22nd of the month at 23:59 UTC
every 3 months at 6 | 0 0 6 1 1/3 * | on the 1st of the month at 06:00 UTC, in January, April, July and October
quarterly | 0 0 0 1 1,4,7,10 * | on the 1st of the month at 00:00 UTC, in January, April, July and October
every year on 1 january at 5 | 0 0 5 1 1 * | on the 1st of the month at 05:00 UTC, in January
every monday in december at 9 | 0 0 9 * 12 1 | every Monday at 09:00 UTC, in December
jeden Tag um 6 | 0 0 6 * * * | every day at 06:00 UTC
täglich um 6 Uhr | 0 0 6 * * * | every day at 06:00 UTC
täglich um 6 Uhr 30 | 0 30 6 * * * | every day at 06:30 UTC
täglich um 6:30 Uhr | 0 30 6 * * * | every day at 06:30 UTC
jeden Werktag um 6 | 0 0 6 * * 1-5 | every weekday at 06:00 UTC
werktags um sechs Uhr | 0 0 6 * * 1-5 | every weekday at 06:00 UTC
an Werktagen um 6 | 0 0 6 * * 1-5 | every weekday at 06:00 UTC
von Montag bis Freitag um 7 | 0 0 7 * * 1-5 | every weekday at 07:00 UTC
jeden Montag um 9 Uhr | 0 0 9 * * 1 | every Monday at 09:00 UTC
montags und donnerstags um halb sieben | 0 30 6 * * 1,4 | every Monday and Thursday at 06:30 UTC
jeden Samstag um Mitternacht | 0 0 0 * * 6 | every Saturday at 00:00 UTC
am Wochenende um 10 | 0 0 10 * * 0,6 | every Saturday and Sunday at 10:00 UTC
jede Nacht um 2 | 0 0 2 * * * | every day at 02:00 UTC
jeden Abend um 8 abends | 0 0 20 * * * | every day at 20:00 UTC
stündlich | 0 0 * * * * | every hour
jede Stunde | 0 0 * * * * | every hour
alle 2 Stunden | 0 0 */2 * * * | every 2 hours
alle zwei Stunden | 0 0 */2 * * * | every 2 hours
alle 30 Minuten | 0 */30 * * * * | every 30 minutes
jede halbe Stunde | 0 */30 * * * * | every 30 minutes
alle 15 Minuten zwischen 8 und 18 Uhr | 0 */15 8-18 * * * | every 15 minutes between 08:00 and 18:59 UTC
alle 3 Tage | 259200 | every 3 days
am Ersten des Monats um 2:30 | 0 30 2 1 * * | on the 1st of the month at 02:30 UTC
am 1. jedes Monats um 2:30 | 0 30 2 1 * * | on the 1st of the month at 02:30 UTC
am 1. und 15. des Monats um 6 Uhr | 0 0 6 1,15 * * | on the 1st and 15th of the month at 06:00 UTC
monatlich am 15. um 6 | 0 0 6 15 * * | on the 15th of the month at 06:00 UTC
wöchentlich | 0 0 0 * * 1 | every Monday at 00:00 UTC
jährlich am 3. März um 5 | 0 0 5 3 3 * | on the 3rd of the month at 05:00 UTC, in March
0 6 * * 1-5 | 0 0 6 * * 1-5 | every weekday at 06:00 UTC
cron 0 6 * * 1-5 | 0 0 6 * * 1-5 | every weekday at 06:00 UTC
with cron "30 2 1 * *" | 0 30 2 1 * * | on the 1st of the month at 02:30 UTC
0 0 6 * * MON-FRI | 0 0 6 * * MON-FRI | every weekday at 06:00 UTC
*/20 * * * * | 0 */20 * * * * | every 20 minutes
0 6 * * 7 | 0 0 6 * * 0 | every Sunday at 06:00 UTC
0 6 * * 5-7 | 0 0 6 * * 0,5,6 | every Friday, Saturday and Sunday at 06:00 UTC
30 7 1 * 1 | 0 30 7 1 * 1 | on the 1st of the month and every Monday at 07:30 UTC
5 0/7 6 * * * | 5 0/7 6 * * * | by the cron 5 0/7 6 * * * (UTC)
@daily | 0 0 0 * * * | every day at 00:00 UTC
@every 1h30m | 5400 | every 90 minutes
`;
const rows = said
  .trim()
  .split('\n')
  .map((row) => row.split(' | ') as [string, string, string]);

describe('a schedule in plain words', () => {
  it.each(rows)('"%s" is %s', (words, cron, text) => {
    const timing = /^\d+$/.test(cron) ? { kind: 'interval', seconds: Number(cron) } : { kind: 'cron', cron };
    const read = readTiming(words);
    expect(read).toEqual({ kind: 'timing', timing });
    expect(read?.kind === 'timing' && timingText(read.timing, 'UTC')).toBe(text);
  });

  it.each([
    ['on the last day of the month at 6', 'A cron has no last day of the month: name a day from 1 to 28.'],
    ['on the first monday of the month at 6', 'A cron has no such weekday of a month'],
    ['every morning', 'Say at which time'],
    ['jeden Abend', 'Say at which time'],
    ['every day at 6:15 and 18:30', 'need the same minute'],
    ['every 2 days at 6', 'Every 2 days does not fit into set days or times'],
    ['every day at 25', 'from 0:00 to 23:59'],
    ['every day at 13 pm', 'from 0:00 to 23:59'],
    ['every 7 months', 'A year has 12 months'],
    ['every weekday at 6 local time', 'one zone for all schedules'],
    ['jeden Tag um 6 Ortszeit', 'one zone for all schedules'],
    ['every day at 6 Europe/Berlin', 'one zone for all schedules'],
    ['on the 32nd of the month at 6', 'A month has the days 1 to 31.'],
    ['61 6 * * *', 'The minute of a cron is a number from 0 to 59'],
    ['0 0 6 * * 1-5 2030', 'A cron has six fields'],
    ['0 0 6 * MON *', 'The month of a cron'],
    ['@every morning', 'A time such as 1h30m'],
    ['0 0 6 ? * 6-1', 'The weekday of a cron'],
  ])('"%s" cannot be had, and it is said why', (words, problem) => {
    expect(readTiming(words)).toEqual({
      kind: 'problem',
      problem: expect.stringContaining(problem) as string,
    });
  });

  it.each([
    '',
    'at 6',
    'now',
    'tomorrow at 6',
    'every iris at 6',
    'every weekday at 6 with depth',
    'never',
    'in two hours',
  ])('"%s" is none', (words) => {
    expect(readTiming(words)).toBeUndefined();
  });
});
