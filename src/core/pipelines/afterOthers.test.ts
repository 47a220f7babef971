import { expect, test } from 'vitest';
import { renderQuestionPlain } from '../text/renderQuestionPlain.ts';
import { afterOthers } from './afterOthers.ts';

test.each([
  [0, ''],
  [1, 'This is the second run of this answer.'],
  [2, 'This is the third run of this answer.'],
  [12, 'This answer has started 12 runs before.'],
])('after %i other runs of the answer, the question says "%s"', (others, line) => {
  const question = afterOthers({ title: ['Run?'], verb: 'Run', paragraphs: [] }, others);
  expect(renderQuestionPlain(question).detail).toBe(line);
});
