import { describe, expect, test } from 'vitest';
import type { RunId, TaskRun } from '../../core/domain/run.ts';
import { aRun } from '../../../test/fakes/aRun.ts';
import { rowLines } from '../../../test/vscode/rowLines.ts';
import type { Branch } from './row.ts';
import { taskBranches, tasksAtOnce } from './taskRows.ts';

const now = 20_000;

function aTask(path: string, more: Partial<TaskRun> = {}): TaskRun {
  const name = path.split('/').at(-1) ?? path;
  const times = { startedAt: 10_000, endedAt: 13_000 };
  const empty = { inputs: {}, outputs: {}, artifacts: [], metrics: [] };
  return {
    path,
    name,
    displayName: name,
    kind: 'task',
    state: 'succeeded',
    attempts: 1,
    retries: 0,
    hasLog: true,
    ...times,
    ...empty,
    ...more,
  };
}

const rowsOf = (tasks: readonly TaskRun[], shown = new Map<string, number>()) =>
  taskBranches(aRun({ tasks }), now, shown);

describe('the rows of tasks', () => {
  test('show the state of each task', () => {
    const { endedAt: _, ...open } = aTask('train', { state: 'running', attempts: 3, retries: 3 });
    const error = { kind: 'exception', type: 'ValueError', message: 'bad depth', line: 7, text: 'fit(-1)' };
    const {
      startedAt: _s,
      endedAt: _e,
      ...waiting
    } = aTask('report', { state: 'pending', attempts: 0, hasLog: false });
    expect(
      rowLines(
        rowsOf([
          aTask('load', { cachedFrom: { id: 'iris-11' as RunId, label: 'iris-11' } }),
          aTask('split'),
          open,
          aTask('evaluate', { state: 'failed', error }),
          waiting,
          { ...waiting, displayName: 'fit', waitsFor: 'Unschedulable: 0/3 nodes\nare free' },
          { ...waiting, path: 'deploy', displayName: 'deploy', state: 'skipped', skipReason: 'condition' },
          { ...waiting, path: 'notify', displayName: 'notify', state: 'skipped', skipReason: 'upstream' },
        ]),
      ),
    ).toEqual([
      'load | cached from iris-11',
      'split | succeeded in 3 s',
      'train | running 10 s · retry 2/3',
      'evaluate | failed after 3 s · ValueError: bad depth',
      'report | waiting',
      'fit | waiting · Unschedulable: 0/3 nodes are free',
      'deploy | skipped · its condition was false',
      'notify | skipped · what it needs did not succeed',
    ]);
  });

  test('nest loops, iterations and conditions by their paths', () => {
    const tasks = [
      aTask('load'),
      aTask('for-loop-1', { kind: 'loop', hasLog: false }),
      aTask('for-loop-1[0]', { kind: 'iteration', hasLog: false }),
      aTask('for-loop-1[0]/train'),
      aTask('for-loop-1[0]/condition-2', { kind: 'condition', hasLog: false }),
      aTask('for-loop-1[0]/condition-2/tell'),
      aTask('for-loop-1[1]', { kind: 'iteration', hasLog: false }),
      aTask('for-loop-1[1]/train'),
    ];
    expect(rowLines(rowsOf(tasks)).map((line) => line.replace(/ \|.*/, ''))).toEqual([
      'load',
      'for-loop-1',
      '  for-loop-1[0]',
      '    train',
      '    condition-2',
      '      tell',
      '  for-loop-1[1]',
      '    train',
    ]);
  });

  test('are shown one level up when the row of their group is missing', () => {
    expect(
      rowLines(rowsOf([aTask('dag-1'), aTask('dag-1/inner[0]/train')])).map((line) =>
        line.replace(/ \|.*/, ''),
      ),
    ).toEqual(['dag-1', '  train']);
  });

  test('show metrics as text, and other artifacts as rows that open', () => {
    const artifacts = [
      { name: 'metrics', type: 'Metrics', uri: 'u', metadata: {} },
      {
        name: 'model',
        type: 'Model',
        uri: 'u',
        metadata: {},
        object: { bucket: 'artifacts', key: 'iris/model' },
      },
      { name: 'elsewhere', type: 'Dataset', uri: 'gs://x', metadata: {} },
    ];
    const metrics = [{ name: 'accuracy', value: 0.9733, task: 'train', artifact: 'metrics' }];
    const [task] = rowsOf([aTask('train', { artifacts, metrics })]);
    expect(rowLines(task?.children ?? [])).toEqual([
      'accuracy | 0.973',
      'model | Model',
      'elsewhere | Dataset',
    ]);
    const [, model, elsewhere] = task?.children ?? [];
    expect(model?.row).toMatchObject({
      context: 'artifact.object',
      target: { bucket: 'artifacts', key: 'iris/model' },
    });
    expect(elsewhere?.row.click).toBeUndefined();
  });

  test('open an HTML report in the results, and any other artifact as an object', () => {
    const object = { bucket: 'artifacts', key: 'iris/report' };
    const page = { name: 'report', type: 'HTML', uri: 'u', metadata: {}, object };
    const folder = { ...page, name: 'site', object: { ...object, key: 'iris/site/' } };
    const [task] = rowsOf([aTask('train', { artifacts: [page, folder, { ...page, type: 'Dataset' }] })]);
    const [report, site, data] = (task?.children ?? []).map(({ row }) => row);
    expect(report?.click).toEqual({ command: 'mlops.openRun', title: 'Results', target: { run: 'iris-12' } });
    // What the menu's commands act on is still the object alone.
    expect(report?.target).toEqual(object);
    expect(site?.click).toEqual({ command: 'mlops.openObject', title: 'Open' });
    expect(data?.click).toEqual({ command: 'mlops.openObject', title: 'Open' });
  });

  test('open the log of a task that has no rows below it', () => {
    const [row] = rowsOf([aTask('train')]);
    expect(row?.row).toMatchObject({
      click: { command: 'mlops.openLog' },
      context: 'task.succeeded.log',
      expand: 'never',
    });
  });

  test('of long loops are limited, with a row for more', () => {
    const tasks = Array.from({ length: tasksAtOnce + 7 }, (_, index) => aTask(`task-${index}`));
    expect(rowLines(rowsOf(tasks)).slice(-2)).toEqual(['task-49 | succeeded in 3 s', 'Show more | 7 more']);
    expect(rowLines(rowsOf(tasks, new Map([['run:iris-12', 100]])))).toHaveLength(tasksAtOnce + 7);
  });

  test('have unique ids', () => {
    const artifacts = ['a', 'b'].map((name) => ({ name, type: 'Dataset', uri: 'u', metadata: {} }));
    const ids = (branches: readonly Branch[]): string[] =>
      branches.flatMap(({ row, children }) => [row.id, ...ids(children ?? [])]);
    const all = ids(rowsOf([aTask('a', { artifacts }), aTask('b', { artifacts }), aTask('a/b')]));
    expect(new Set(all).size).toBe(all.length);
  });
});

test('the row below a run without tasks says why it has none', () => {
  expect(rowLines(rowsOf([]))).toEqual(['No tasks yet']);
  const error = { kind: 'preparation', type: 'pip', message: 'no such package' };
  expect(rowLines(taskBranches(aRun({ state: 'failed', error }), now, new Map()))).toEqual([
    'pip: no such package',
  ]);
});
