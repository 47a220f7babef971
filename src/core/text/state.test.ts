import { expect, test } from 'vitest';
import type { RunId } from '../domain/run.ts';
import { runLooks, runStateWord, taskLooks, taskStateWord } from './state.ts';

test('every state has a word, not only a colour', () => {
  const words = [...Object.values(runLooks), ...Object.values(taskLooks)].map((look) => look.word);
  expect(words.every((word) => /^[a-z]+$/.test(word))).toBe(true);
  expect(runStateWord({ state: 'pending' })).toBe('waiting');
});

test('each final state has an icon and a word of its own', () => {
  const ends = (['succeeded', 'failed', 'stopped', 'interrupted', 'skipped'] as const).map(
    (state) => runLooks[state],
  );
  expect(new Set(ends.map((look) => look.icon)).size).toBe(ends.length);
  expect(new Set(ends.map((look) => look.word)).size).toBe(ends.length);
});

test('a task that succeeded from the cache is called cached', () => {
  expect(taskStateWord({ state: 'succeeded' })).toBe('succeeded');
  expect(
    taskStateWord({ state: 'succeeded', cachedFrom: { id: 'iris-11' as RunId, label: 'iris-11' } }),
  ).toBe('cached');
  expect(taskStateWord({ state: 'failed' })).toBe('failed');
});
