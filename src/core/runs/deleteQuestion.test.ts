import { beforeEach, expect, test } from 'vitest';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import type { RunId } from '../domain/run.ts';
import { renderQuestionMarkdown } from '../text/renderQuestionMarkdown.ts';
import { renderQuestionPlain } from '../text/renderQuestionPlain.ts';
import { deleteQuestion } from './deleteQuestion.ts';
import { stopQuestion } from './stopQuestion.ts';

const never = new AbortController().signal;
const id = 'iris-12' as RunId;
let backend: FakePipelineBackend;
const asked = async () => renderQuestionMarkdown(await deleteQuestion(backend, id, never));
const ask = async () => (await asked()).message;

beforeEach(() => {
  backend = new FakePipelineBackend();
});

const artifact = (key: string) => ({
  name: key,
  type: 'Dataset',
  uri: key,
  metadata: {},
  object: { bucket: 'artifacts', key },
});

test('the question says what is deleted, how large it is, and where the artifacts stay', async () => {
  const tasks = [
    aTask({ path: 'split', hasLog: false, artifacts: [artifact('iris/iris-12/split/rows')] }),
    aTask({ path: 'train', hasLog: false, artifacts: [artifact('iris/iris-12/train/model/')] }),
  ];
  backend.addRun(aRun({ id, tasks }));
  backend.setLog(id, 'train', 'x'.repeat(1200));
  expect(await asked()).toEqual({
    title: 'Delete iris-12?',
    message:
      'Its record and the logs of 2 tasks (1.2 kB) go for good.\n\nIts 2 artifacts stay in `artifacts/iris/iris-12/`.',
  });
});

test('the question counts no artifacts of cached tasks and no metrics', async () => {
  const metrics = { name: 'm', type: 'Metrics', uri: '', metadata: {} };
  const taken = aTask({
    hasLog: false,
    cachedFrom: { id: 'iris-1' as RunId, label: 'iris-1' },
    artifacts: [artifact('a/b')],
  });
  backend.addRun(aRun({ id, tasks: [taken, aTask({ path: 'b', hasLog: false, artifacts: [metrics] })] }));
  expect(await ask()).toBe(
    'Its record and the logs of 4 tasks go for good.\n\nIt has no artifacts in storage.',
  );
});

test('the question names the folder of a single artifact', async () => {
  backend.addRun(aRun({ id, tasks: [aTask({ hasLog: false, artifacts: [artifact('iris/iris-12/rows')] })] }));
  expect(await ask()).toContain('Its 1 artifact stays in `artifacts/iris/iris-12/`.');
});

test('the question says that tasks of other runs cached from it keep their results', async () => {
  backend.addRun(aRun({ id }));
  const counts = { total: 2, running: 0, succeeded: 2, failed: 0, cached: 1 };
  const from = (other: string, run: string, more = {}) =>
    backend.addRun(
      aRun({ id: other, counts, tasks: [aTask({ cachedFrom: { id: run as RunId, label: run } })], ...more }),
    );
  from('iris-13', id);
  from('iris-14', 'iris-1');
  expect(await ask()).toContain('A task of `iris-13` was taken from it and keeps its results.');
  from('iris-15', id);
  expect(await ask()).toContain('2 tasks of 2 other runs were taken from it and keep their results.');
});

test('the question is asked even if another run is deleted meanwhile', async () => {
  backend.addRun(aRun({ id }));
  const counts = { total: 1, running: 0, succeeded: 1, failed: 0, cached: 1 };
  const other = backend.addRun(aRun({ id: 'iris-13', counts }));
  const listed = backend.listRuns.bind(backend);
  backend.listRuns = async (query, signal) => {
    const page = await listed(query, signal);
    await backend.deleteRun(other, signal);
    return page;
  };
  expect(await ask()).toContain('go for good.');
});

test('a run that is still running cannot be deleted', async () => {
  backend.addRun(aRun({ id, state: 'running' }));
  await expect(ask()).rejects.toMatchObject({ kind: 'conflict' });
});

test('the question about stopping a run names the tasks that are running', () => {
  const tasks = [aTask({ path: 'split' }), aTask({ path: 'train', state: 'running' })];
  const counts = { total: 4, running: 1, succeeded: 1, failed: 0, cached: 0 };
  expect(renderQuestionPlain(stopQuestion(aRun({ id, state: 'running', tasks, counts })))).toEqual({
    title: 'Stop iris-12?',
    folded: false,
    detail:
      'iris-12: 1 of 4 tasks done, train is running.\n\nUnfinished tasks end at once; finished ones keep their results, and a later run can take them from the cache.',
  });
  expect(() => stopQuestion(aRun({ id }))).toThrow('iris-12 has already ended: it succeeded.');
});
