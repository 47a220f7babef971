import { expect, test } from 'vitest';
import { shownValue, value } from './values.ts';

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
