import { expect, test } from 'vitest';
import { someNames, unreadText } from './someNames.ts';

test('lists the first of many names and counts the rest', () => {
  expect(someNames(['a', 'b'], 2)).toBe('a, b');
  expect(someNames(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
  expect(someNames([], 2)).toBe('');
});

test('names what could not be read', () => {
  expect(unreadText(['a', 'b', 'c', 'd', 'e'])).toBe('Could not be read: a, b, c and 2 more.');
  expect(unreadText([])).toBe('');
});
