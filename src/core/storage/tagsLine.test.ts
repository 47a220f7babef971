import { expect, test } from 'vitest';
import { tagsIn, tagsLine } from './tagsLine.ts';

test.each([
  {},
  { stage: 'raw', team: 'vision' },
  { 'a,b': 'c=d', path: String.raw`x\y`, empty: '' },
  { Größe: 'groß genug' },
])('tags come back from their line: %j', (tags) => {
  expect(tagsIn(tagsLine(tags))).toEqual(tags);
});

test.each([
  ['stage', 'Write each tag as name=value, with commas between.'],
  ['=x', 'Write each tag as name=value, with commas between.'],
  ['a=1, a=2', 'a is there twice.'],
  [`${'n'.repeat(129)}=1`, 'A name has at most 128 characters.'],
  [`n=${'1'.repeat(257)}`, 'A value has at most 256 characters.'],
  [Array.from({ length: 11 }, (_, n) => `t${n}=1`).join(), 'An object has at most 10 tags.'],
])('the line %j is refused: %s', (line, why) => expect(tagsIn(line)).toBe(why));
