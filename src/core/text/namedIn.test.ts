import { expect, it } from 'vitest';
import { namedIn } from './namedIn.ts';

it.each([
  ['iris-1 did best.', 'iris-1', 0],
  ['The best is `IRIS-1`.', 'iris-1', 13],
  ['iris-12, then iris-1', 'iris-1', 14],
  ['iris.yaml is the file', 'iris', -1],
  ['It ran iris.', 'iris', 7],
  ['my-iris and iris_2', 'iris', -1],
  ['anything', '', -1],
])('in %j, %j stands at %i', (text, name, at) => {
  expect(namedIn(text, [name])).toBe(at);
});

it('takes the first place of several names', () => {
  expect(namedIn('the good one, iris-3', ['iris-3', 'good one'])).toBe(4);
});
