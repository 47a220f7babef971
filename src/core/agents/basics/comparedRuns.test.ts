import { expect, it } from 'vitest';
import { aWorld } from '../../../../test/everyday/world.ts';
import { comparedRuns } from './comparedRuns.ts';
import { lookAround } from './lookAround.ts';
import { partsOf } from './sentenceParts.ts';

const { backend, store } = aWorld();
const connection = { backend: async () => backend, store: async () => store };
const focus = { pipeline: 'diabetes-svm', run: 'diabetes-svm-7' };

it.each([
  ['compare iris-12 with iris-10', { run: 'iris-12', with: 'iris-10' }],
  ['the difference between iris-10 and iris-12', { run: 'iris-12', with: 'iris-10' }],
  ['compare the last two iris runs', { run: 'iris-12', with: 'iris-11' }],
  ['compare iris-12 with the run before', { run: 'iris-12', with: 'iris-11' }],
  ['compare it with the previous run', { run: 'diabetes-svm-7', with: 'diabetes-svm-6' }],
  ['is it better than iris-12', { run: 'diabetes-svm-7', with: 'iris-12' }],
  ['what changed since iris-10', { run: 'iris-12', with: 'iris-10' }],
  ['did iris get better', { run: 'iris-12' }],
  ['compare iris and churn', { run: 'churn', with: 'iris' }],
  ['compare the last three runs', undefined],
  ['compare the best and the last run', undefined],
])('"%s" compares %j', async (sentence, runs) => {
  const known = await lookAround(connection, sentence, focus, new AbortController().signal);
  expect(known && comparedRuns(partsOf(sentence, known), known, focus)).toEqual(runs);
});
