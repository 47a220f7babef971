// What the results of tools name, which the focus, buttons and references of the chat are made of.
import { beforeEach, expect, it } from 'vitest';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import type { Artifact } from '../domain/artifact.ts';
import type { RunId } from '../domain/run.ts';
import { findTool } from './table.ts';
import type { ToolDeps } from './tool.ts';

const signal = new AbortController().signal;
let backend: FakePipelineBackend;
let store: MemoryObjectStore;
let deps: ToolDeps;

beforeEach(() => {
  backend = new FakePipelineBackend();
  store = new MemoryObjectStore();
  deps = toolDeps(backend, { objects: store, ask: async () => true });
});

const call = (name: string, input: object, more: Partial<ToolDeps> = {}) =>
  findTool(`mlops_${name}`)?.call(input, { ...deps, ...more }, signal);
const model = (key: string): readonly Artifact[] => [
  { name: 'model', type: 'Model', uri: '', metadata: {}, object: { bucket: 'artifacts', key } },
];
const cachedFrom = { id: 'iris-1' as RunId, label: 'iris-1' };

it('a log brings its run and the pipeline, and the folder of what the run made itself', async () => {
  const tasks = [
    aTask({ path: 'load', cachedFrom, artifacts: model('iris/iris-1/load/rows') }),
    aTask({ path: 'train', artifacts: model('iris/iris-3/train/model') }),
  ];
  const id = backend.addRun(aRun({ id: 'iris-3', tasks }));
  backend.setLog(id, 'train', 'done');
  expect((await call('read_task_log', { run: '3', task: 'train' }))?.mentions).toMatchObject([
    { kind: 'task', run: 'iris-3', path: 'train' },
    { kind: 'run', id: 'iris-3', bucket: 'artifacts/iris/iris-3/train/' },
    { kind: 'pipeline', name: 'iris' },
  ]);
});

it('a list names all that it shows', async () => {
  for (let n = 1; n <= 12; n += 1) backend.addRun(aRun({ id: `iris-${n}`, createdAt: n }));
  const runs = (await call('list_runs', {}))?.mentions;
  expect(runs?.map((mention) => mention.kind === 'run' && mention.id).slice(0, 2)).toEqual([
    'iris-12',
    'iris-11',
  ]);
  expect(runs).toHaveLength(12);
  store.put('data', 'a.csv', '1');
  store.put('data', 'b.csv', '2');
  expect((await call('list_objects', { bucket: 'data' }))?.mentions).toMatchObject([
    { kind: 'bucket', bucket: 'data' },
    { kind: 'object', key: 'a.csv' },
    { kind: 'object', key: 'b.csv' },
  ]);
});

it('a comparison names its runs in the order that it shows', async () => {
  backend.addRun(aRun({ id: 'iris-1' }));
  backend.addRun(aRun({ id: 'iris-2' }));
  expect((await call('compare_runs', { run: '2', with: '1' }))?.mentions).toMatchObject([
    { kind: 'run', id: 'iris-1' },
    { kind: 'run', id: 'iris-2', against: { id: 'iris-1' } },
  ]);
});

it('a deleted run is named as deleted, and nothing after a no', async () => {
  backend.addRun(aRun({ id: 'iris-3' }));
  expect((await call('delete_runs', { run: '3' }, { ask: async () => false }))?.mentions).toEqual([]);
  expect((await call('delete_runs', { run: '3' }))?.mentions).toEqual([
    { kind: 'deleted', connection: 'this-machine', run: 'iris-3' },
  ]);
});

it('artifacts stay only where the deleted run made any', async () => {
  backend.addRun(aRun({ id: 'iris-3', tasks: [aTask({ artifacts: model('iris/iris-3/train/model') })] }));
  backend.addRun(aRun({ id: 'iris-4', tasks: [aTask({ cachedFrom, artifacts: model('iris/iris-1/x') })] }));
  expect((await call('delete_runs', { run: 'iris-3' }))?.text).toBe(
    '`iris-3` was deleted. Its 1 artifact stays in `artifacts/iris/iris-3/train/`.',
  );
  expect((await call('delete_runs', { run: 'iris-4' }))?.text).toBe('`iris-4` was deleted.');
});
