import { expect, it } from 'vitest';
import { readParameters } from './parameters.ts';

it.each([
  ['max_depth 3', { max_depth: 3 }],
  ['max_depth=3 seed=1', { max_depth: 3, seed: 1 }],
  ['a: 1; b: two and c: "x, y and z"', { a: 1, b: 'two', c: 'x, y and z' }],
  ['list [1, [2, 3], "]"] and on TRUE', { list: [1, [2, 3], ']'], on: true }],
  ['name \'it is "mine"\'', { name: 'it is "mine"' }],
  ['the rate of 0.1', { rate: 0.1 }],
  ['message hello world', { message: 'hello world' }],
  ['path=/tmp/a=b', { path: '/tmp/a=b' }],
  ['broken [1, 2', { broken: '[1', 2: undefined }],
  ['', {}],
])('%s', (text, values) => {
  const known = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  expect(readParameters(text)).toEqual(known);
});
