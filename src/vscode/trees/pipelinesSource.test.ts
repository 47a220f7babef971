import { beforeEach, describe, expect, test } from 'vitest';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import type { Run, RunId } from '../../core/domain/run.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { aRun } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { rowLines } from '../../../test/vscode/rowLines.ts';
import { PipelinesSource } from './pipelinesSource.ts';

const now = 1_012_000;
const begun = 1_001_000;
let backend: FakePipelineBackend;
let drawn: number;
let source: PipelinesSource;

beforeEach(() => {
  backend = new FakePipelineBackend();
  drawn = 0;
  source = new PipelinesSource(backend, begun, () => (drawn += 1));
});

const lines = () => rowLines(source.branches(now));
const run = (number: number, more: Partial<Omit<Run, 'id'>> = {}) =>
  backend.addRun(aRun({ id: `iris-${number}`, ...more }));
const running = (number: number): RunId => {
  const { endedAt: _, ...rest } = aRun({ id: `iris-${number}`, state: 'running' });
  return backend.addRun(rest);
};
const changed = (...runs: string[]) => source.change({ kind: 'runs', runs: runs as RunId[] });

describe('the Pipelines view', () => {
  test('shows pipelines, and their runs when expanded', async () => {
    backend.addPipeline({ name: 'iris' });
    run(11);
    run(12, { state: 'stopped' });
    expect(source.branches(now)).toBeUndefined();
    await source.load('');
    expect(lines()).toEqual(['iris | iris.yaml']);
    await source.load('pipeline:iris.yaml');
    expect(lines()).toEqual(['iris | iris.yaml', '  iris-12 | stopped · 8 s', '  iris-11 | succeeded · 8 s']);
  });

  test('shows pipelines as they are found during the first search', async () => {
    const looked = backend.listPipelines({ size: 10 }, new AbortController().signal);
    const { promise, resolve } = Promise.withResolvers<void>();
    const list = backend.listPipelines.bind(backend);
    backend.listPipelines = async () => {
      backend.listPipelines = list;
      await promise;
      return looked;
    };
    const first = source.load('');
    backend.addPipeline({ name: 'iris' });
    const change = source.change({ kind: 'pipelines' });
    resolve();
    await Promise.all([first, change]);
    expect(lines()).toEqual(['iris | iris.yaml']);
  });

  test('says what is wrong with a pipeline and where', async () => {
    const problem = { what: 'yaml', message: 'Line 3: a tab', line: 3 };
    backend.addPipeline({ name: 'bad', problem });
    await source.load('');
    const [bad] = source.branches(now) ?? [];
    expect(bad?.row).toMatchObject({
      description: 'Line 3: a tab',
      context: 'pipeline.broken',
      expand: 'never',
      click: { command: 'mlops.openPipeline' },
    });
    expect(bad?.row.tooltip).toContain('line 3');
  });

  test('groups the runs whose pipeline is gone under a row of their own', async () => {
    backend.addPipeline({ name: 'iris' });
    run(3, { pipeline: { id: 'old.yaml' as PipelineId, name: 'old' } });
    await source.load('');
    expect(lines()).toEqual([
      'iris | iris.yaml',
      'Other runs | their pipelines are not in this workspace',
      '  iris-3 | succeeded · 8 s',
    ]);
  });

  test('shows active runs at once', async () => {
    backend.addPipeline({ name: 'iris' });
    running(12);
    await source.load('');
    expect(lines()).toEqual(['iris | iris.yaml', '  iris-12 | running 12 s · 4/4 tasks']);
    expect(source.branches(now)?.[0]?.row.expand).toBe('open');
  });

  test('shows twenty runs and a row for more', async () => {
    backend.addPipeline({ name: 'iris' });
    for (let number = 1; number <= 45; number += 1) run(number);
    await source.load('');
    await source.load('pipeline:iris.yaml');
    expect(lines()).toHaveLength(1 + 20 + 1);
    expect(lines().at(-1)).toBe('  Show more');
    await source.showMore('pipeline:iris.yaml');
    await source.showMore('pipeline:iris.yaml');
    expect(lines()).toHaveLength(1 + 45);
    expect(new Set(lines()).size).toBe(46);
  });

  test('says that a pipeline has no runs', async () => {
    backend.addPipeline({ name: 'iris' });
    await source.load('');
    await source.load('pipeline:iris.yaml');
    expect(lines()).toEqual(['iris | iris.yaml', '  No runs yet']);
  });

  test('notices that only the sample is there', async () => {
    backend.addPipeline({ name: 'iris', source: { kind: 'sample' } });
    await source.load('');
    expect(lines()).toEqual(['iris | sample']);
    expect(source.note()).toContain('No pipelines of your own');
    backend.addPipeline({ name: 'churn' });
    await source.change({ kind: 'pipelines' });
    expect(source.note()).toBeUndefined();
  });
});

describe('the Pipelines view after a change', () => {
  beforeEach(async () => {
    backend.addPipeline({ name: 'iris' });
    run(11);
    await source.load('');
    await source.load('pipeline:iris.yaml');
  });

  test('moves a run that began to the top, live', async () => {
    const id = running(12);
    await changed(id);
    expect(lines()).toEqual([
      'iris | iris.yaml',
      '  iris-12 | running 12 s · 4/4 tasks',
      '    No tasks yet',
      '  iris-11 | succeeded · 8 s',
    ]);
    expect(drawn).toBe(1);
    expect(source.branches(now)?.[0]?.children?.[0]?.row.live).toBe(true);
  });

  test('updates the tasks of an expanded run', async () => {
    const id = running(12);
    await changed(id);
    await source.load(`run:${id}`);
    backend.changeTask(id, { path: 'load', state: 'running', startedAt: 1_010_000, attempts: 1 });
    await changed(id);
    expect(lines()).toContain('    load | running 2 s');
    backend.changeTask(id, { path: 'load', state: 'succeeded', endedAt: 1_011_000 });
    backend.change(id, { state: 'succeeded', endedAt: 1_012_000 });
    await changed(id);
    expect(lines().slice(1, 3)).toEqual(['  iris-12 | succeeded · 12 s', '    load | succeeded in 1 s']);
  });

  test('shows a run that ended before it was seen', async () => {
    backend.addPipeline({ name: 'churn' });
    await source.change({ kind: 'pipelines' });
    const pipeline = { id: 'churn.yaml' as PipelineId, name: 'churn' };
    backend.addRun(aRun({ id: 'churn-12', pipeline, createdAt: begun + 1 }));
    await source.change({ kind: 'runs' });
    const [churn] = source.branches(now) ?? [];
    expect(churn?.children?.map(({ row }) => [row.label, row.revealOnce])).toEqual([['churn-12', true]]);
  });

  test('removes a deleted run', async () => {
    await source.load('run:iris-11');
    await backend.deleteRun('iris-11' as RunId, AbortSignal.timeout(1000));
    await changed('iris-11');
    expect(lines()).toEqual(['iris | iris.yaml', '  No runs yet']);
  });

  test('reads everything again when the change names no run', async () => {
    run(12);
    backend.addPipeline({ name: 'churn' });
    await source.change({ kind: 'runs' });
    expect(lines()).toEqual([
      'churn | churn.yaml',
      'iris | iris.yaml',
      '  iris-12 | succeeded · 8 s',
      '  iris-11 | succeeded · 8 s',
    ]);
  });

  test('reads again when a change arrives during a read', async () => {
    const first = changed(running(12));
    const second = changed(running(13));
    await Promise.all([first, second]);
    const runs = source.branches(now)?.[0]?.children?.map(({ row }) => row.label);
    expect(runs).toEqual(['iris-13', 'iris-12', 'iris-11']);
  });

  test('reads nothing when nothing was shown yet', async () => {
    const fresh = new PipelinesSource(backend, begun, () => (drawn += 1));
    await fresh.change({ kind: 'runs' });
    expect(fresh.branches(now)).toBeUndefined();
    expect(drawn).toBe(0);
  });
});

describe('the Pipelines view when reading fails', () => {
  const failing = () => {
    throw new MlopsError('unreachable', 'The server does not answer', { hint: 'Is it running?' });
  };

  test('shows the error in a row and reads again on refresh', async () => {
    backend.addPipeline({ name: 'iris' });
    const listPipelines = backend.listPipelines.bind(backend);
    backend.listPipelines = failing;
    await source.load('');
    expect(lines()).toEqual(['The server does not answer | Is it running?']);
    backend.listPipelines = listPipelines;
    await source.refresh();
    expect(lines()).toEqual(['iris | iris.yaml']);
  });

  test('keeps everything that was read before', async () => {
    backend.addPipeline({ name: 'iris' });
    await source.load('');
    backend.listPipelines = failing;
    await source.refresh();
    expect(lines()).toEqual(['iris | iris.yaml', 'The server does not answer | Is it running?']);
  });

  test('still shows the other runs when one cannot be read', async () => {
    backend.addPipeline({ name: 'iris' });
    run(11);
    await source.load('');
    await source.load('pipeline:iris.yaml');
    backend.getRun = failing;
    await source.load('run:iris-11');
    expect(lines()).toEqual([
      'iris | iris.yaml',
      '  iris-11 | succeeded · 8 s',
      '    The server does not answer | Is it running?',
    ]);
  });
});
