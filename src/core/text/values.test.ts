import { expect, test } from 'vitest';
import { shownValue, value } from './values.ts';

test('a value stands as people write it, as code', () => {
  expect(value('depth', 3)).toBe('`3`');
  expect(value('features', ['a', { b: 1 }])).toBe('`["a", {"b": 1}]`');
  expect(value('note', undefined)).toBe('—');
  expect(shownValue('note', 'x'.repeat(99), 10)).toHaveLength(10);
});

test('a secret is dots; none and the empty text tell nothing and stay', () => {
  expect(value('password', 'hunter2')).toBe('`••••`');
  expect(value('database', { host: 'x', login: { password: 'hunter2' } })).toBe('`••••`');
  expect(value('password', undefined)).toBe('—');
  expect(value('password', '')).toBe('`""`');
});
