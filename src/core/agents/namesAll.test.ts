import { expect, test } from 'vitest';
import { namesAll } from './namesAll.ts';

const iris = { pipeline: 'iris', parameters: { max_depth: 3 } };

test.each([
  ['run iris with max_depth 3', iris, true],
  ['Run the IRIS pipeline, depth of 3.', iris, true],
  ['run iris without cache', { pipeline: 'iris', cache: false, wait: 60 }, true],
  ['compare the last two runs', iris, false],
  ['run iris with max_depth 30', iris, false],
  ['run iris with max_depth 3.5', iris, false],
  ['run iris-2 with max_depth 3', { pipeline: 'iris' }, false],
  ['describe irises', { pipeline: 'iris' }, false],
  ['run it again', { like: 'iris-12' }, false],
])('"%s" names all of %j: %s', (sentence, input, expected) => {
  expect(namesAll(sentence, input)).toBe(expected);
});
