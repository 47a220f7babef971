import { expect, it } from 'vitest';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { findTask } from './findTask.ts';

const run = aRun({
  tasks: [
    aTask({ path: 'load-data', name: 'load-data' }),
    aTask({ path: 'preprocess', name: 'preprocess' }),
    aTask({ path: 'for-loop-1[0]/train', name: 'train', state: 'failed' }),
    aTask({ path: 'for-loop-1[1]/train', name: 'train' }),
    aTask({ path: 'evaluate-svm', name: 'evaluate-svm' }),
    aTask({ path: 'evaluate-tree', name: 'evaluate-tree' }),
  ],
});

it.each([
  ['preprocessing', 'preprocess'],
  ['the preprocessing step', 'preprocess'],
  ['Load data', 'load-data'],
  ['loading', 'load-data'],
  ['training', 'for-loop-1[0]/train'],
  ['for-loop-1[1]/train', 'for-loop-1[1]/train'],
  ['trian', 'for-loop-1[0]/train'],
  ['evaluation of svm', undefined],
  ['svm evaluation', 'evaluate-svm'],
  ['evaluation', undefined],
  ['deploy', undefined],
])('%s is the task %s', (text, path) => {
  let found: string | undefined;
  try {
    found = findTask(run, text).path;
  } catch {
    found = undefined;
  }
  expect(found).toBe(path);
});

it('names the tasks that there are when none is meant', () => {
  expect(() => findTask(run, 'evaluation')).toThrow('has no task "evaluation" with a log.');
});
