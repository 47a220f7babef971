import { expect, test } from 'vitest';
import { cursorAt, type Following, followingAtFirst, renewed, scrolled } from './followedEnd.ts';

const at = (first: number, version = 1) => ({ first, last: first + 20, lines: 101, version });
const after = (...firsts: readonly number[]) =>
  firsts.reduce<Following>((before, first) => scrolled(before, at(first)), followingAtFirst).following;

test('a log is followed at first', () => {
  expect(after()).toBe(true);
  expect(after(0, 80)).toBe(true);
});

test('scrolling up pauses, scrolling down to the end resumes', () => {
  expect(after(80, 70)).toBe(false);
  expect(after(80, 70, 75)).toBe(false);
  expect(after(80, 70, 75, 80)).toBe(true);
});

test('a window that becomes smaller at the end, or larger, changes nothing', () => {
  const small = scrolled(followingAtFirst, { first: 90, last: 100, lines: 101, version: 1 });
  expect(scrolled(small, { first: 70, last: 100, lines: 101, version: 1 }).following).toBe(true);
});

test('lines that move because the text changed are nobody’s scrolling', () => {
  const before = scrolled(followingAtFirst, at(80, 1));
  const shrunk = scrolled(before, { first: 40, last: 60, lines: 101, version: 2 });
  expect(shrunk.following).toBe(true);
  expect(scrolled(shrunk, { first: 30, last: 50, lines: 101, version: 2 }).following).toBe(false);
});

test('the first scrolling after the text changed is a person’s', () => {
  const before = renewed(scrolled(followingAtFirst, at(80, 1)), at(80, 2));
  expect(before.following).toBe(true);
  expect(scrolled(before, at(70, 2)).following).toBe(false);
});

test('the cursor above pauses, on the last line it resumes', () => {
  const paused = cursorAt(followingAtFirst, 99, 101);
  expect(paused.following).toBe(false);
  expect(scrolled(paused, at(80, 2)).following).toBe(false);
  expect(cursorAt(paused, 100, 101).following).toBe(true);
});
