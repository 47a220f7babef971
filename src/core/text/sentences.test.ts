import { expect, it } from 'vitest';
import { afterColon, sentences } from './sentences.ts';

it.each([
  [['root.dag is missing', 'Compile it again.'], 'root.dag is missing. Compile it again.'],
  [['It failed.', 'Try again.'], 'It failed. Try again.'],
  [['It said "no."', 'Try again'], 'It said "no." Try again'],
  [['Why?', undefined, 'So.'], 'Why? So.'],
  [['No answer within 3 s', ''], 'No answer within 3 s'],
  [[undefined, ' '], ''],
])('joins %j into sentences: %s', (texts, wanted) => {
  expect(sentences(...texts)).toBe(wanted);
});

it.each([
  ['The file is larger than 8 MB.', 'the file is larger than 8 MB.'],
  ['There is no parameter x.', 'there is no parameter x.'],
  ['A merge key takes a map.', 'a merge key takes a map.'],
  ['ValueError: The value is wrong.', 'ValueError: The value is wrong.'],
  ['Theo was here.', 'Theo was here.'],
  ['max_depth is missing.', 'max_depth is missing.'],
])('writes a sentence as it follows a colon: %s', (sentence, wanted) => {
  expect(afterColon(sentence)).toBe(wanted);
});
