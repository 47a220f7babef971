import { expect, test } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { endMessage } from './endMessage.ts';

const accuracy = { name: 'accuracy', value: 0.97, task: 'evaluate', artifact: 'metrics' };
const error = { kind: 'task', type: 'ValueError', message: 'no column\ntraceback', task: 'train' };

test.each([
  [aRun({ metrics: [accuracy] }), 'iris-12 succeeded in 8 s: accuracy 0.97'],
  [aRun(), 'iris-12 succeeded in 8 s'],
  [aRun({ state: 'failed', error }), 'iris-12 failed in train: ValueError: no column'],
  [aRun({ state: 'failed' }), 'iris-12 failed'],
  [aRun({ state: 'stopped' }), 'iris-12 was stopped after 8 s'],
  [aRun({ state: 'interrupted' }), 'iris-12 was interrupted: nothing works on it any more.'],
])('an end is announced in one line (%#)', (run, text) => {
  expect(endMessage(run).text).toBe(text);
});

test('the message about a failure names the task whose log explains it', () => {
  expect(endMessage(aRun({ state: 'failed', error }))).toMatchObject({ failed: true, task: 'train' });
});
