import { expect, test } from 'vitest';
import type { Leftover } from '../ports/homeSpace.ts';
import { renderQuestionPlain } from '../text/renderQuestionPlain.ts';
import { freedText, freeQuestion, nothingText } from './freeQuestion.ts';

const leftover = (kind: Leftover['kind'], bytes: number): Leftover => ({
  kind,
  id: kind,
  size: { bytes, complete: true },
});
const items = [leftover('output', 30e6), leftover('output', 10e6), leftover('environment', 400e6)];

test('the question says how many things are removed, of what kind and how large', () => {
  const { title, detail } = renderQuestionPlain(freeQuestion({ items, unreadable: ['/home/shut'] }));
  expect(title).toBe('Remove 3 things with 440 MB?');
  expect(detail).toContain('2 parts of tasks that did not succeed: 40 MB');
  expect(detail).toContain('1 environment that no run asked for: 400 MB');
  expect(detail).toContain(
    'What an active run may use stays. A run that needs an environment builds it again',
  );
  expect(detail).toContain('/home/shut');
});

test('says that there is nothing to free, and what could not be read', () => {
  expect(nothingText([])).toBe('There is nothing to free: everything is named by a run or by the cache.');
  expect(nothingText(['/a', '/b', '/c'])).toBe('Nothing to free was found. Could not be read: /a, /b, /c.');
});

test('says how much was freed, and what stayed and why', () => {
  expect(freedText({ items, kept: [] })).toBe('Freed 440 MB (3 things).');
  const kept = [{ leftover: leftover('environment', 1), why: 'The environment e is in use.' }];
  expect(freedText({ items: [leftover('key', 0)], kept })).toBe(
    'Freed 0 B (1 thing). 1 thing stayed; the first: the environment e is in use.',
  );
});
