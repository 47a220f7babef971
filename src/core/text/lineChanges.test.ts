import { expect, it } from 'vitest';
import { lineChanges } from './lineChanges.ts';

const changes = (before: string, after: string) =>
  lineChanges(before.split(''), after.split(''))?.map(({ sign, text }) => `${sign}${text}`);

it.each([
  ['abc', 'abc', []],
  ['abc', 'axc', ['-b', '+x']],
  ['abc', 'abcd', ['+d']],
  ['xabc', 'abc', ['-x']],
  ['abcdef', 'abxdyf', ['-c', '+x', '-e', '+y']],
  ['', 'a', ['+a']],
])('from "%s" to "%s" the lines %j change', (before, after, expected) => {
  expect(changes(before, after)).toEqual(expected);
});

it('compares no more lines than it has room for', () => {
  const many = (word: string) => Array.from({ length: 1501 }, (_, line) => `${word} ${line}`);
  expect(lineChanges(many('a'), many('b'))).toBeUndefined();
  expect(lineChanges([...many('a'), 'x'], [...many('a'), 'y'])).toHaveLength(2);
});
