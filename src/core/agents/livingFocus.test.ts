import { beforeEach, expect, test } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { thisMachine } from '../domain/connection.ts';
import type { Focus } from '../domain/focus.ts';
import type { RunId } from '../domain/run.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { livingFocus } from './livingFocus.ts';

const signal = new AbortController().signal;
let backend: FakePipelineBackend;
const living = (focus: Focus) => livingFocus(focus, async () => backend, signal);
const focus: Focus = {
  connection: thisMachine,
  run: 'iris-3',
  pipeline: 'iris',
  against: 'iris-1',
  bucket: 'artifacts/iris/',
  lists: [{ kind: 'run', connection: thisMachine, names: ['iris-3', 'iris-2', 'iris-1'] }],
};

beforeEach(() => {
  backend = new FakePipelineBackend();
  for (const id of ['iris-1', 'iris-2', 'iris-3']) backend.addRun(aRun({ id }));
});

test('runs that are there stay in focus', async () => {
  expect(await living(focus)).toEqual(focus);
});

test('a run that was deleted since is in focus no more, nor what went with it', async () => {
  await backend.deleteRun('iris-3' as RunId, signal);
  expect(await living(focus)).toEqual({
    connection: thisMachine,
    pipeline: 'iris',
    lists: [{ kind: 'run', connection: thisMachine, names: [null, 'iris-2', 'iris-1'] }],
  });
});

test('a run that cannot be looked at stays, and so does all of a connection that is not there', async () => {
  backend.getRun = async () => Promise.reject(new MlopsError('unreachable', 'Nobody answers.'));
  backend.listRuns = async () => Promise.reject(new MlopsError('unreachable', 'Nobody answers.'));
  expect(await living(focus)).toEqual(focus);
  expect(await livingFocus(focus, async () => undefined, signal)).toEqual(focus);
});
