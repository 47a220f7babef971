import { expect, test } from 'vitest';
import { cursorAt, type Following, followingAtFirst, renewed, scrolled } from './followedEnd.ts';

const viewFrom = (first: number, version = 1) => ({ first, last: first + 20, lines: 101, version });
const after = (...firsts: readonly number[]) =>
  firsts.reduce<Following>((before, first) => scrolled(before, viewFrom(first)), followingAtFirst).following;

test('a log is followed when it opens', () => {
  expect(after()).toBe(true);
  expect(after(0, 80)).toBe(true);
});

test('scrolling up pauses following, scrolling down to the end resumes it', () => {
  expect(after(80, 70)).toBe(false);
  expect(after(80, 70, 75)).toBe(false);
  expect(after(80, 70, 75, 80)).toBe(true);
});

test('resizing the editor at the end of the log does not pause following', () => {
  const small = scrolled(followingAtFirst, { first: 90, last: 100, lines: 101, version: 1 });
  expect(scrolled(small, { first: 70, last: 100, lines: 101, version: 1 }).following).toBe(true);
});

test('lines that move because the text changed do not pause following', () => {
  const before = scrolled(followingAtFirst, viewFrom(80, 1));
  const shrunk = scrolled(before, { first: 40, last: 60, lines: 101, version: 2 });
  expect(shrunk.following).toBe(true);
  expect(scrolled(shrunk, { first: 30, last: 50, lines: 101, version: 2 }).following).toBe(false);
});

test('the first scrolling after the text changed pauses following', () => {
  const before = renewed(scrolled(followingAtFirst, viewFrom(80, 1)), viewFrom(80, 2));
  expect(before.following).toBe(true);
  expect(scrolled(before, viewFrom(70, 2)).following).toBe(false);
});

test('moving the cursor up pauses following, moving it to the last line resumes it', () => {
  const paused = cursorAt(followingAtFirst, 99, 101);
  expect(paused.following).toBe(false);
  expect(scrolled(paused, viewFrom(80, 2)).following).toBe(false);
  expect(cursorAt(paused, 100, 101).following).toBe(true);
});
