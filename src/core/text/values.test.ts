import { expect, test } from 'vitest';
import { figures, shownValue, value } from './values.ts';

test('a value is shown as people write it, formatted as code', () => {
  expect(value('depth', 3)).toBe('`3`');
  expect(value('features', ['a', { b: 1 }])).toBe('`["a", {"b": 1}]`');
  expect(value('note', undefined)).toBe('—');
  expect(shownValue('note', 'x'.repeat(99), 10)).toHaveLength(10);
});

test('a secret is shown as dots unless it is missing or empty', () => {
  expect(value('password', 'hunter2')).toBe('`••••`');
  expect(value('database', { host: 'x', login: { password: 'hunter2' } })).toBe('`••••`');
  expect(value('password', undefined)).toBe('—');
  expect(value('password', '')).toBe('`""`');
});

test.each([
  [0.8, 0.767, { now: '0.8', before: '0.767', change: '0.033' }],
  [0.798, 0.8, { now: '0.798', before: '0.8', change: '0.002' }],
  [0.9669, 0.9667, { now: '0.9669', before: '0.9667', change: '0.0002' }],
  [30, 28, { now: '30', before: '28', change: '2' }],
  [0.5, 0.5, { now: '0.5', before: '0.5', change: '0' }],
  [0.000_01, 0.000_02, { now: '1.00e-5', before: '2.00e-5', change: '1.00e-5' }],
])(
  '%d after %d is written as it is everywhere, with decimals that show the difference',
  (now, before, shown) => {
    expect(figures(now, before)).toEqual(shown);
  },
);
