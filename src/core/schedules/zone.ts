/** The time that clocks in a zone show at an instant, as if it were UTC; both in milliseconds. */
export function wallOf(instant: number, zone: string): number {
  if (zone === 'UTC') return instant;
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const date = Date.UTC(part('year'), part('month') - 1, part('day'));
  return date + ((part('hour') * 60 + part('minute')) * 60 + part('second')) * 1000;
}

/** The instant at which clocks in a zone show this time. */
export function instantOf(wall: number, zone: string): number {
  const offsetAt = (instant: number) => wallOf(instant, zone) - instant;
  return wall - offsetAt(wall - offsetAt(wall));
}

const weekdays = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** "Mon 30 Nov 06:00", with the year where it is another one than now. */
export function wallText(instant: number, zone: string, now: number): string {
  const date = new Date(wallOf(instant, zone));
  const weekday = weekdays.at(date.getUTCDay());
  const month = months.at(date.getUTCMonth());
  const year =
    date.getUTCFullYear() === new Date(wallOf(now, zone)).getUTCFullYear() ? '' : ` ${date.getUTCFullYear()}`;
  const time = date.toISOString().slice(11, date.getUTCSeconds() === 0 ? 16 : 19);
  return `${weekday} ${date.getUTCDate()} ${month}${year} ${time}`;
}
