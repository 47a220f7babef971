import { expect, test } from 'vitest';
import { objectOfPath, objectPath } from './objectPath.ts';

const keys = [
  'churn/customers.csv',
  '007',
  'a+b 100%.csv',
  'a%2Fb',
  'a//b',
  '/leading',
  '//',
  'folder/',
  '..',
  'a/../b',
  './a',
  'a/.',
  '~',
  '~.',
  '~%2F',
  '~/x',
  'c:',
  'c:/x',
  String.raw`a\b`,
  String.raw`100%\b`,
  'a\nb',
  'tab\t%0A',
  ' lead/trail ',
  'caf\u00e9',
  'cafe\u0301',
  '日本/🚀.json',
  'a?b#c',
  'x'.repeat(1024),
];

test.each(keys)('the key %j comes back from its path', (key) => {
  expect(objectOfPath(objectPath({ bucket: 'b', key }))).toEqual({ bucket: 'b', key });
});

test.each(keys)('no editor normalises the path of %j', (key) => {
  const parts = objectPath({ bucket: 'b', key }).split('/').slice(1);
  expect(parts.filter((part) => ['', '.', '..'].includes(part) || part.includes('\\'))).toEqual([]);
});

test('different keys have different paths', () => {
  expect(new Set(keys.map((key) => objectPath({ bucket: 'b', key }))).size).toBe(keys.length);
});

test('ordinary keys are readable', () => {
  expect(objectPath({ bucket: 'data', key: 'churn/100% of it.csv' })).toBe('/data/churn/100% of it.csv');
  expect(objectPath({ bucket: 'data', key: 'a//b' })).toBe('/data/a/~/b');
});

test.each(['', '/', 'b/a', '//a'])('%j is no path of an object', (path) => {
  expect(objectOfPath(path)).toBeUndefined();
});

test('a bucket has a path of its own', () => {
  expect(objectOfPath('/data')).toEqual({ bucket: 'data', key: '' });
  expect(objectPath({ bucket: 'data', key: '' })).toBe('/data/~');
});
