import { expect, test } from 'vitest';
import type { RunId } from '../domain/run.ts';
import type { PythonEnvironment } from '../ports/environments.ts';
import { renderQuestionPlain } from '../text/renderQuestionPlain.ts';
import { removeQuestion } from './removeQuestion.ts';

const anEnvironment = (more: Partial<PythonEnvironment> = {}): PythonEnvironment => ({
  id: '27d4020cb70f',
  packages: ['pandas==2.3.3', 'kfp==2.17.0'],
  state: 'ready',
  purpose: 'runs',
  usedBy: { runs: ['iris-12', 'iris-9', 'iris-2', 'iris-1'] as RunId[], count: 5 },
  ...more,
});
const measured = { bytes: 412_000_000, complete: true };
const detailOf = (...args: Parameters<typeof removeQuestion>) =>
  renderQuestionPlain(removeQuestion(...args)).detail;

test('the question names the environment, its packages and what removing it means', () => {
  expect(removeQuestion(anEnvironment(), measured).verb).toBe('Remove');
  expect(renderQuestionPlain(removeQuestion(anEnvironment(), measured))).toEqual({
    title: 'Remove the environment 27d4020cb70f?',
    detail:
      'It holds pandas==2.3.3, kfp==2.17.0.\n\n' +
      'It takes 412 MB. 5 runs used it (iris-12, iris-9, iris-2, …). ' +
      'The next run that needs it builds it again: about 30 s, over the network.',
    folded: false,
  });
});

test('the question says when the environment is for compiling or was never finished', () => {
  expect(detailOf(anEnvironment({ purpose: 'compiling' }), measured)).toContain(
    'the next one to compile asks to install it again',
  );
  expect(detailOf(anEnvironment({ state: 'unfinished', packages: [] }), undefined)).toBe(
    'No build finished it. One that still goes on is not removed.',
  );
});
