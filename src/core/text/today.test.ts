import { expect, test } from 'vitest';
import { todayLine } from './today.ts';

test.each([
  [0, 'Today is Friday, 2026-01-02 (UTC+00:00).'],
  [120, 'Today is Saturday, 2026-01-03 (UTC+02:00).'],
  [-210, 'Today is Friday, 2026-01-02 (UTC-03:30).'],
])('%i minutes ahead of UTC: %s', (offset, line) => {
  expect(todayLine(Date.UTC(2026, 0, 2, 23, 4, 5), offset)).toBe(line);
});
