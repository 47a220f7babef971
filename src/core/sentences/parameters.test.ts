import { expect, it } from 'vitest';
import { readParameters } from './parameters.ts';

it.each<[string, Record<string, string>]>([
  ['max_depth 3', { max_depth: '3' }],
  ['max_depth=3 seed=1', { max_depth: '3', seed: '1' }],
  ['a: 1; b: two and c: "x, y and z"', { a: '1', b: 'two', c: 'x, y and z' }],
  ['list [1, [2, 3], "]"] and on TRUE', { list: '[1, [2, 3], "]"]', on: 'TRUE' }],
  ['name \'it is "mine"\'', { name: 'it is "mine"' }],
  ['name "two\\nlines"', { name: 'two\nlines' }],
  ['the rate of 0.1', { rate: '0.1' }],
  ['message hello world', { message: 'hello world' }],
  ['message hello, world and a 1', { message: 'hello, world', a: '1' }],
  ['path=/tmp/a=b', { path: '/tmp/a=b' }],
  ['open [1, 2', { open: '[1, 2' }],
  ['version 1.10', { version: '1.10' }],
  ['sha 12345e7', { sha: '12345e7' }],
  ['sha=80e5005', { sha: '80e5005' }],
  ['id 90071992547409931234', { id: '90071992547409931234' }],
  ['postcode 01234, day 2026-11-27', { postcode: '01234', day: '2026-11-27' }],
  ['note null', { note: 'null' }],
  ['200 trees', { trees: '200' }],
  ['shuffle', { shuffle: '' }],
  ['postcode=,', { postcode: '' }],
  ['name=', { name: '' }],
  ['the name:', { name: '' }],
  ['a = 1, postcode =, b=2', { a: '1', postcode: '', b: '2' }],
  ['postcode= name= and a 1', { postcode: '', name: '', a: '1' }],
  ['', {}],
])('%s', (text, values) => {
  expect(readParameters(text)).toEqual(values);
});
