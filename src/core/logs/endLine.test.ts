import { expect, test } from 'vitest';
import type { RunId } from '../domain/run.ts';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { endLine } from './endLine.ts';

const error = { kind: 'exception', type: 'KeyError', message: "'species'\nis not there." };

test.each([
  [{}, {}, '[train succeeded in 2 s; iris-12 succeeded.]'],
  [{ state: 'running' }, {}, '[train succeeded in 2 s; iris-12 goes on.]'],
  [
    { state: 'failed' },
    { state: 'failed', error },
    "[train failed after 2 s: KeyError: 'species' is not there; iris-12 failed.]",
  ],
  [{ state: 'stopped' }, { state: 'stopped' }, '[train was stopped after 2 s; iris-12 was stopped.]'],
  [{ state: 'interrupted' }, { state: 'stopped' }, '[train was stopped after 2 s; iris-12 was interrupted.]'],
  [
    {},
    { cachedFrom: { id: 'iris-3' as RunId, label: 'iris-3' } },
    '[train was not run again: this is its log of iris-3; iris-12 succeeded.]',
  ],
  [{ state: 'running' }, { state: 'running' }, undefined],
  [{ state: 'running' }, { state: 'pending' }, undefined],
] as const)('the last line of a log is $2 for the run %o and the task %o', (run, task, line) => {
  expect(endLine(aRun({ ...run, tasks: [aTask(task)] }), 'train')).toBe(line);
});

test('the last line of the log of the preparation says how it ended', () => {
  const failure = { kind: 'preparation', type: 'x', message: 'No connection to the package index.' };
  expect(endLine(aRun({ state: 'preparing' }), 'preparation')).toBeUndefined();
  expect(endLine(aRun({ state: 'running' }), 'preparation')).toBe('[Prepared; iris-12 goes on.]');
  expect(endLine(aRun({ state: 'failed', error: failure }), 'preparation')).toBe(
    '[Preparing failed: no connection to the package index; iris-12 failed.]',
  );
});

test('there is no last line for an unknown task', () => {
  expect(endLine(aRun(), 'other')).toBeUndefined();
});
