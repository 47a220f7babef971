import { beforeEach, describe, expect, test } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { keeping } from '../../../test/fakes/keeping.ts';
import { MemorySchedules } from '../../../test/fakes/memorySchedules.ts';
import { rowLines } from '../../../test/vscode/rowLines.ts';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import type { RunId } from '../../core/domain/run.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { KeptSource } from './keptSource.ts';
import { PipelinesSource } from './pipelinesSource.ts';
import type { Branches, Row } from './row.ts';

const never = new AbortController().signal;
const now = 1_012_000;
let backend: FakePipelineBackend;
let schedules: MemorySchedules;
let source: KeptSource;

beforeEach(async () => {
  backend = keeping(new FakePipelineBackend());
  schedules = new MemorySchedules(backend);
  backend.schedules = schedules;
  const changed = () => undefined;
  source = new KeptSource(new PipelinesSource(backend, now, changed), backend, changed);
  backend.addPipeline({ name: 'iris' });
  backend.addRun(aRun({ id: 'iris-1' }));
  await source.load('');
});

const lines = () => rowLines(source.branches(now));
const rowsIn = (branches: Branches): readonly Row[] =>
  (branches ?? []).flatMap(({ row, children }) => [row, ...rowsIn(children)]);
const row = (label: string) => rowsIn(source.branches(now)).find((one) => one.label === label);

describe('what a server keeps', () => {
  test('stands below its pipelines and is read when it is expanded', async () => {
    const groups = ['Schedules', 'Experiments', 'Archived experiments', 'Archived runs'];
    expect(lines()).toEqual(['iris | iris.yaml', ...groups]);
    for (const group of ['schedules', 'archived']) await source.load(group);
    expect(lines()).toEqual([
      'iris | iris.yaml',
      'Schedules',
      '  No schedules yet',
      'Experiments',
      'Archived experiments',
      'Archived runs',
      '  No archived runs',
    ]);
  });

  test('shows schedules with their state, their words and the next time', async () => {
    schedules.add({ name: 'daily', timing: { kind: 'interval', seconds: 3600 }, createdAt: now });
    schedules.add({ name: 'weekly', enabled: false });
    await source.load('schedules');
    const [weekly, daily] = [row('weekly'), row('daily')];
    expect(weekly).toMatchObject({
      description: 'off · every weekday at 06:00 UTC',
      context: 'schedule.off',
    });
    expect(weekly?.spoken).toBe('weekly, schedule, off, every weekday at 06:00 UTC');
    expect(daily).toMatchObject({ context: 'schedule.on', target: { schedule: 'schedule-1' } });
    expect(daily?.description).toMatch(/^every hour · next Thu 1 Jan 01:16/);
    await schedules.delete('schedule-2' as never, never);
    await source.change({ kind: 'schedules' });
    expect(row('weekly')).toBeUndefined();
  });

  test('shows archived experiments apart, and moves one that changes', async () => {
    const made = await backend.experiments?.create('tuning', never);
    if (made === undefined) throw new Error('There are no experiments.');
    for (const group of ['experiments', 'archivedExperiments']) await source.load(group);
    expect(row('tuning')).toMatchObject({ context: 'experiment', target: { experiment: made.id } });
    await backend.experiments?.archive(made.id, true, never);
    await source.change({ kind: 'experiments' });
    expect(row('tuning')).toMatchObject({ context: 'experiment.archived', expand: 'never' });
  });

  test('shows the runs of an experiment, each with the menu of a run and without its tasks', async () => {
    const made = await backend.experiments?.create('tuning', never);
    backend.addRun({ ...aRun({ id: 'iris-2' }), experiment: 'tuning' });
    await source.load('experiments');
    expect(row('tuning')).toMatchObject({ expand: 'closed', context: 'experiment' });
    await source.load(`experiment:${made?.id}`);
    const own = rowsIn(source.branches(now)).filter(({ id }) => id.startsWith(`experiment:${made?.id}/`));
    expect(own).toMatchObject([
      { label: 'iris-2', context: 'run.ended.kept', expand: 'never', target: { run: 'iris-2' } },
    ]);
  });

  test('shows archived runs apart, as soon as one is archived', async () => {
    await source.load('archived');
    await backend.archiveRun?.('iris-1' as RunId, true, never);
    await source.change({ kind: 'runs', runs: ['iris-1' as RunId] });
    expect(rowsIn(source.branches(now)).find(({ id }) => id === 'archived/run:iris-1')).toMatchObject({
      context: 'run.ended.archived',
    });
  });

  test('reads the next page', async () => {
    for (let index = 0; index < 23; index += 1) schedules.add({ name: `nightly-${index}` });
    await source.load('schedules');
    const count = () => rowsIn(source.branches(now)).filter(({ id }) => id.startsWith('schedule:')).length;
    expect([count(), row('Show more')?.target]).toEqual([20, { more: 'schedules' }]);
    await source.showMore('schedules');
    expect([count(), row('Show more')]).toEqual([23, undefined]);
  });

  test('says why a list cannot be read, and keeps the other rows', async () => {
    schedules.list = () => Promise.reject(new MlopsError('unreachable', 'Cluster does not answer.'));
    await source.load('schedules');
    expect(lines().slice(1, 3)).toEqual(['Schedules', '  Cluster does not answer.']);
  });
});

test('menus of uploads are for pipelines of the workspace on a server that keeps pipelines', () => {
  expect(row('iris')?.context).toBe('pipeline.runnable.kept');
});

test('a pipeline of the server has its versions above its runs, and runs of unlisted pipelines come last', async () => {
  backend.addPipeline({ name: 'churn', source: { kind: 'server' } });
  backend.addRun({
    ...aRun({ id: 'gone-1' }),
    pipeline: { id: 'gone' as PipelineId, name: 'gone', source: { kind: 'server' } },
  });
  await source.refresh();
  const churn = row('churn');
  expect(churn?.context).toBe('pipeline.runnable.server');
  await source.load(churn?.id ?? '');
  await source.load(`versions:${churn?.target?.pipeline}`);
  const below = lines();
  expect(below[below.indexOf('  Versions') + 1]).toMatch(/^ {4}.* \| version 1$/);
  expect(below.indexOf('Archived runs')).toBeLessThan(
    below.findIndex((line) => line.startsWith('Other runs')),
  );
});
