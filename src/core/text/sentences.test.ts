import { expect, it } from 'vitest';
import { sentences } from './sentences.ts';

it.each([
  [['root.dag is missing', 'Compile it again.'], 'root.dag is missing. Compile it again.'],
  [['It failed.', 'Try again.'], 'It failed. Try again.'],
  [['It said "no."', 'Try again'], 'It said "no." Try again'],
  [['Why?', undefined, 'So.'], 'Why? So.'],
  [['No answer within 3 s', ''], 'No answer within 3 s'],
  [[undefined, ' '], ''],
])('%j: %s', (texts, wanted) => {
  expect(sentences(...texts)).toBe(wanted);
});
