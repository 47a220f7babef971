import { expect, it } from 'vitest';
import { conceptsOf, isNear } from './lexicon.ts';

it.each([
  ['pipelnes', 'pipelines', true],
  ['runn', 'run', true],
  ['fial', 'fail', true],
  ['comparre', 'compare', true],
  ['life', 'line', false],
  ['rnu', 'run', false],
  ['stopped', 'stop', false],
])('"%s" is nearly "%s": %s', (typed, word, isIt) => {
  expect(isNear(typed, word)).toBe(isIt);
});

it.each([
  ['workflows', ['pipelines']],
  ['laeufe', ['runs']],
  ['faild', ['failed']],
  ['sandwich', []],
])('"%s" stands for %j', (word, concepts) => {
  expect(conceptsOf(word)).toEqual(concepts);
});
