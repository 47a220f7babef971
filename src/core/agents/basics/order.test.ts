import { expect, it } from 'vitest';
import { aWorld } from '../../../../test/everyday/world.ts';
import type { Focus } from '../../domain/focus.ts';
import { isHeldBack } from './isHeldBack.ts';
import { lookAround } from './lookAround.ts';
import { readOrder } from './order.ts';
import { partsOf } from './sentenceParts.ts';

const { backend, store } = aWorld();
const connection = { backend: async () => backend, store: async () => store };

async function ordered(sentence: string, focus: Focus = {}) {
  const known = await lookAround(connection, sentence, focus, new AbortController().signal);
  return known && readOrder(partsOf(sentence, known), known, focus);
}

it.each([
  ['stop the churn run', 'stop_run', { run: 'churn-4' }],
  ['cancel the current run', 'stop_run', { run: 'churn-4' }],
  ['stop it', 'stop_run', { run: 'churn-4' }],
  ['delete the last failed run', 'delete_runs', { run: 'last failed' }],
  ['install the pipeline compiler', 'install_compiler', {}],
  ['run iris named "my first"', 'run_pipeline', { pipeline: 'iris', name: 'my first' }],
  ['run iris and wait', 'run_pipeline', { pipeline: 'iris', wait: 120 }],
  [
    'run it with a sigmoid kernel',
    'run_pipeline',
    { pipeline: 'diabetes-svm', parameters: { kernel: 'sigmoid' } },
  ],
  ['churn mit n_trees 20 starten', 'run_pipeline', { pipeline: 'churn', parameters: { n_trees: '20' } }],
  ['delte iris-11', 'delete_runs', { run: 'iris-11' }],
])('"%s" is an order', async (sentence, tool, input) => {
  expect(await ordered(sentence)).toEqual({ tool: `mlops_${tool}`, input });
});

it.each([
  'run',
  'run it',
  'run iirs',
  'run iris and churn',
  'run iris every night',
  'run iris if it is fast',
  'iris run',
  'deleted iris-11',
  'delte iris',
  'delete iris',
  'delete it',
  'delete the log of iris-12',
  'stop all runs',
  'stop iris',
  'stop asking',
  'install the package iris',
  'lösche iris-12 nicht',
])('"%s" is none', async (sentence) => {
  expect(await ordered(sentence)).toBeUndefined();
});

it.each([
  ["don't show the log", true],
  ['should I run iris', true],
  ['how do I delete a run', true],
  ['what happens if I stop churn-4', true],
  ['upload iris to datasets', true],
  ['I ran iris', true],
  ['show the runs', false],
  ['run history of iris', false],
])('"%s" asks for nothing that is done here: %s', async (sentence, isIt) => {
  const known = await lookAround(connection, sentence, {}, new AbortController().signal);
  expect(known && isHeldBack(partsOf(sentence, known))).toBe(isIt);
});
