import { beforeEach, describe, expect, test } from 'vitest';
import { aRun, runRef } from '../../../test/fakes/aRun.ts';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { rowLines } from '../../../test/vscode/rowLines.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { ConnectionsSource, rowIdOfRun, type ShownConnection } from './connectionsSource.ts';
import { PipelinesSource } from './pipelinesSource.ts';
import type { Branch } from './row.ts';
import { StorageSource } from './storageSource.ts';

const now = 1_012_000;
const team = 'team' as ConnectionId;
let here: FakePipelineBackend;
let there: FakePipelineBackend;
let shown: ShownConnection[];
let source: ConnectionsSource;

const runsOf = (backend: FakePipelineBackend): ShownConnection => ({
  info: backend.connection,
  open: async () => new PipelinesSource(backend, 1_001_000, () => undefined),
});
const lines = () => rowLines(source.branches(now));
const all = (branches: readonly Branch[] = source.branches(now) ?? []): readonly Branch[] =>
  branches.flatMap((branch) => [branch, ...all(branch.children ?? [])]);

beforeEach(() => {
  here = new FakePipelineBackend();
  there = new FakePipelineBackend(new FakeClock(), { id: team, name: 'Team home' });
  for (const backend of [here, there]) {
    backend.addPipeline({ name: 'iris' });
    backend.addRun(aRun({ id: 'iris-12', state: backend === here ? 'succeeded' : 'stopped' }));
  }
  shown = [runsOf(here)];
  source = new ConnectionsSource(() => shown);
});

describe('a single connection', () => {
  test('has no row of its own above its pipelines', async () => {
    await source.load('');
    expect(lines()).toEqual(['iris | iris.yaml']);
    await source.load('this-machine/pipeline:iris.yaml');
    expect(lines()).toEqual(['iris | iris.yaml', '  iris-12 | succeeded · 8 s']);
  });

  test('says so when it cannot be opened, and is retried', async () => {
    let broken = true;
    const { info, open } = runsOf(here);
    shown = [
      { info, open: async () => (broken ? Promise.reject(new MlopsError('forbidden', 'Not now.')) : open()) },
    ];
    await source.load('');
    expect(lines()).toEqual(['Not now.']);
    broken = false;
    await source.refresh();
    expect(lines()).toEqual(['iris | iris.yaml']);
  });
});

describe('two connections', () => {
  beforeEach(async () => {
    shown = [runsOf(here), runsOf(there)];
    await source.load('');
  });

  test('each have a row and are read when it is expanded', async () => {
    expect(lines()).toEqual(['This machine | active', 'Team home']);
    await source.load('team/');
    expect(lines()).toEqual(['This machine | active', 'Team home', '  iris | iris.yaml']);
  });

  test('keep runs with the same id apart: two rows, each with its own target', async () => {
    for (const id of ['this-machine', 'team']) {
      await source.load(`${id}/`);
      await source.load(`${id}/pipeline:iris.yaml`);
    }
    expect(lines()).toEqual([
      'This machine | active',
      '  iris | iris.yaml',
      '    iris-12 | succeeded · 8 s',
      'Team home',
      '  iris | iris.yaml',
      '    iris-12 | stopped · 8 s',
    ]);
    const runs = all().filter(({ row }) => row.target?.run !== undefined);
    expect(runs.map(({ row }) => [row.id, row.target])).toEqual([
      [rowIdOfRun(runRef('iris-12')), { connection: 'this-machine', run: 'iris-12' }],
      [rowIdOfRun(runRef('iris-12', team)), { connection: 'team', run: 'iris-12' }],
    ]);
  });

  test('are read separately: a change of one does not touch the other', async () => {
    for (const id of ['this-machine', 'team']) {
      await source.load(`${id}/`);
      await source.load(`${id}/pipeline:iris.yaml`);
    }
    const change = runRef('iris-12').id;
    there.change(change, { state: 'succeeded' });
    await source.change('this-machine', { kind: 'runs', runs: [change] });
    expect(lines().at(-1)).toBe('    iris-12 | stopped · 8 s');
    await source.change('team', { kind: 'runs', runs: [change] });
    expect(lines().at(-1)).toBe('    iris-12 | succeeded · 8 s');
  });

  test('request the next page from the connection that it belongs to', async () => {
    for (let number = 13; number < 40; number += 1) there.addRun(aRun({ id: `iris-${number}` }));
    await source.load('team/');
    await source.load('team/pipeline:iris.yaml');
    const more = all().find(({ row }) => row.context === 'more')?.row.target?.more;
    expect(more).toBe('team/pipeline:iris.yaml');
    const before = lines().length;
    await source.showMore(more ?? '');
    expect(lines().length).toBeGreaterThan(before);
  });

  test('can be removed, and added again as new ones', async () => {
    await source.load('team/');
    shown = [runsOf(here)];
    await source.refresh();
    expect(lines()).toEqual(['iris | iris.yaml']);
    shown = [runsOf(here), runsOf(there)];
    await source.refresh();
    expect(lines()).toEqual(['This machine | active', '  iris | iris.yaml', 'Team home']);
  });
});

test('a connection with objects only is listed beside the others', async () => {
  const store = new MemoryObjectStore().put('exports', 'a.csv', 'x');
  const files = {
    id: 'files' as ConnectionId,
    kind: 'folder',
    name: 'Exports',
    readOnly: true,
    about: '',
  } as const;
  const open = async () => new StorageSource(store, new FakeClock(), () => undefined);
  shown = [
    {
      info: here.connection,
      open: async () => new StorageSource(new MemoryObjectStore(), new FakeClock(), () => undefined),
    },
    { info: files, open },
  ];
  await source.load('');
  await source.load('this-machine/');
  await source.load('files/');
  expect(lines()).toEqual([
    'This machine | active',
    '  Nothing here yet.',
    'Exports | read-only',
    '  exports',
  ]);
  expect(all().find(({ row }) => row.label === 'exports')?.row.target).toMatchObject({
    connection: 'files',
    bucket: 'exports',
  });
});
