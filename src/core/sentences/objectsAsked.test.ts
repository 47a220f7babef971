import { expect, it } from 'vitest';
import { objectsAsked } from './objectsAsked.ts';

it.each([
  ['newest csv files in datasets', { bucket: 'datasets', type: 'csv', order: 'newest' }],
  ['the three largest objects', { order: 'largest', limit: 3 }],
  ['find "a b" in models', undefined],
  ['find files named "a b" in models', { name: 'a b', bucket: 'models' }],
  ['how much space does artifacts take', { bucket: 'artifacts', count: true }],
  ['*.parquet in lake/2026/', { type: 'parquet', bucket: 'lake', prefix: '2026/' }],
  ['which files are in the bucket models since april', { bucket: 'models', since: 'april' }],
  ['the last run', undefined],
  ['list models', undefined],
  ['models saved this week', { type: 'model', since: 'this week' }],
  ['what changed last week', undefined],
  ['delete the largest file in models', undefined],
])('"%s" asks a store for %j', (sentence, asked) => expect(objectsAsked(sentence)).toEqual(asked));
