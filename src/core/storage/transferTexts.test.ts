import { expect, test } from 'vitest';
import { MlopsError } from '../ports/mlopsError.ts';
import { renderQuestionPlain } from '../text/renderQuestionPlain.ts';
import { transferOutcome } from './transferOutcome.ts';
import { downloadQuestion, relocateQuestion, uploadObjectsQuestion } from './transferQuestions.ts';

const words = { verb: 'uploaded', to: 'data/x/', rest: 'Nothing is left of the others.' };
const error = new MlopsError('forbidden', 'You may not write there.', { hint: 'Ask its owner.' });

test.each([
  [{ done: ['a'], failed: [], left: [] }, 'a was uploaded to data/x/.'],
  [{ done: ['a', 'b'], failed: [], left: [] }, '2 files were uploaded to data/x/.'],
  [
    { done: ['a'], failed: [], left: ['b', 'c'] },
    'Cancelled: 1 of 3 files was uploaded to data/x/. Nothing is left of the others.',
  ],
  [
    { done: ['a'], failed: [{ name: 'b', error }], left: [] },
    '1 of 2 files could not be uploaded to data/x/: b: You may not write there. Ask its owner. Nothing is left of the others.',
  ],
])('the end of a transfer is told: %#', (outcome, text) => {
  expect(transferOutcome(outcome, words).text).toBe(text);
});

const subject = { count: 3, bytes: 1234, from: '/home/ada/photos', to: 'data/x/', existing: [], leftOut: [] };
const plain = (question: Parameters<typeof renderQuestionPlain>[0]) => {
  const { title, detail } = renderQuestionPlain(question);
  return `${title} [${question.verb}]\n${detail}`;
};

test('an upload is asked about with its size and what it would replace', () => {
  expect(plain(uploadObjectsQuestion(subject))).toBe(
    'Upload 3 files to data/x/? [Upload]\n1.2 kB from /home/ada/photos.',
  );
  expect(plain(uploadObjectsQuestion({ ...subject, existing: ['x/1'] }))).toBe(
    'Upload 3 files to data/x/? [Replace]\n1.2 kB from /home/ada/photos.\n\nOne of them is there already and would be replaced.\n\nx/1',
  );
});

test('a download says what cannot be a file', () => {
  const leftOut = [{ name: '../x', reason: 'it has .. between slashes' }];
  expect(plain(downloadQuestion({ ...subject, from: 'data/', to: '/home/ada', leftOut }))).toBe(
    'Download 3 files to /home/ada? [Download]\n1.2 kB from data/.\n\n../x: it has .. between slashes',
  );
});

test('a move names both places', () => {
  const moved = { count: 1, bytes: 3, from: 'data/a.csv', to: 'data/b.csv', existing: ['data/b.csv'] };
  expect(plain(relocateQuestion('Move', moved))).toBe(
    'Move data/a.csv to data/b.csv? [Replace]\n1 object (3 B).\n\nIt is there already and would be replaced.',
  );
});
