import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { SilentLog } from '../../../test/fakes/silentLog.ts';
import { plausibleScene } from '../../../test/servers/kfp/plausible.ts';
import { playLife, type RecordedLife, readLife } from '../../../test/servers/kfp/recordedLife.ts';
import { type KfpServer, startKfpServer } from '../../../test/servers/kfp/server.ts';
import { specOf } from '../../../test/servers/kfp/specs.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { Run, RunId } from '../../core/domain/run.ts';
import { collected } from '../../core/logs/bytes.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { createKubeflow } from './kubeflow.ts';

const recordings = path.join(import.meta.dirname, '../../../test/recordings/kfp');
const never = new AbortController().signal;

let server: KfpServer;
let life: RecordedLife | undefined;
let backend: PipelineBackend;
/** False: the tasks print what the recorded ones did, and so nothing of what they wrote. */
let tells = true;

/** The backend of a connection whose object store is known, or is not. */
const open = (objects?: MemoryObjectStore): PipelineBackend =>
  createKubeflow({
    connection: { id: 'c' as ConnectionId, kind: 'kubeflow', name: 'Cluster', readOnly: false, about: '' },
    endpoint: server.address,
    clock: new FakeClock(),
    log: new SilentLog(),
    attention: { present: true, onDidChange: () => () => undefined },
    ...(objects === undefined ? {} : { objects: async () => objects }),
  });

beforeEach(async () => {
  tells = true;
  server = await startKfpServer({
    lifeOf: (run, now) => life && playLife(life, run, now, 1, tells ? plausibleScene(run) : {}),
  });
  backend = open();
});
afterEach(() => server.close());

async function played(name: string, parameters: object = {}): Promise<Run> {
  life = await readLife(path.join(recordings, 'lives', `${name}.json`));
  const text = await readFile(path.join(recordings, 'pipelines', life.pipeline), 'utf8');
  const body = { display_name: name, pipeline_spec: specOf(text), runtime_config: { parameters } };
  await fetch(`${server.address}/apis/v2beta1/runs`, { method: 'POST', body: JSON.stringify(body) });
  server.advance(200_000);
  return backend.getRun([...server.state.runs.keys()].at(-1) as RunId, never);
}

/** The nodes of the run that was played last. */
function nodesIn({ state }: KfpServer): readonly string[] {
  const { manifest = '' } = [...state.runs.values()].at(-1)?.life.report(state.now()) ?? {};
  const { status } = JSON.parse(manifest) as { readonly status: { readonly nodes: object } };
  return Object.keys(status.nodes);
}

const logs = () => server.calls.filter((call) => call.endsWith('/log')).length;
const taskOf = (run: Run, where: string) => run.tasks.find((task) => task.path === where);

it('tells what each task got and wrote, and what the run returned', async () => {
  const run = await played('success-four-tasks', { depth: 5 });
  expect(taskOf(run, 'train-tree')).toMatchObject({
    inputs: { depth: 5 },
    outputs: { Output: 0.9602 },
    artifacts: [
      { name: 'model', type: 'Model', uri: expect.stringMatching(/^minio:.*\/train-tree\/.*\/model$/) },
    ],
  });
  expect(taskOf(run, 'load-iris')?.artifacts[0]?.metadata).toEqual({ rows: 150 });
  expect(run.metrics).toEqual([
    { name: 'accuracy', value: 0.9602, task: 'score-model', artifact: 'metrics' },
  ]);
  expect(run.outputs).toEqual({ Output: 0.9602 });
  expect(run.notes).toEqual([]);
});

it('names the objects of artifacts where the store is known, and no others', async () => {
  const run = await played('imported-artifact');
  expect(taskOf(run, 'importer')?.artifacts[0]?.object).toBeUndefined();
  const known = await open(new MemoryObjectStore()).getRun(run.id, never);
  expect(taskOf(known, 'importer')?.artifacts[0]?.object).toEqual({
    bucket: 'mlpipeline',
    key: 'given/table.csv',
  });
});

it('reads the archived log of a step where the server has none', async () => {
  const noLogs = { status: 200, body: '{"error_message":"Failed to read logs"}' };
  server.interfere((_, where) => (where.endsWith('/log') ? noLogs : undefined));
  const { id } = await played('user-exception');
  const store = new MemoryObjectStore();
  const log = async (from: PipelineBackend) =>
    Buffer.from(
      await collected((await from.readLog(id, 'train-tree', { limit: 100 }, never)).bytes),
    ).toString();
  await expect(log(open(store))).rejects.toMatchObject({ kind: 'notFound' });
  for (const node of nodesIn(server)) store.put('mlpipeline', `logs/${node}/main.log`, `kept of ${node}\n`);
  expect(await log(open(store))).toMatch(/^kept of iris-/);
});

it('reads the log of a task that ended once', async () => {
  const run = await played('success-four-tasks');
  const read = logs();
  expect(read).toBe(4);
  await backend.getRun(run.id, never);
  expect(logs()).toBe(read);
});

it('knows what a task of the cache wrote where the next one got it, and says what it does not know', async () => {
  const run = await played('cached-steps');
  const written = (where: string) => taskOf(run, where)?.artifacts.map(({ name }) => name);
  expect(written('split-rows')).toEqual(['test_rows', 'train_rows']);
  expect(written('load-iris')).toEqual([]);
  expect(run.notes.map(({ what, message }) => [what, message])).toEqual([
    [
      'results_not_told',
      'Not all that load-iris wrote is known: the Pipelines API does not tell what a task of the cache wrote, and none of the earlier runs that were looked at ran it with the same inputs.',
    ],
  ]);
});

it('tells what a task of the cache wrote by the run that wrote it', async () => {
  const earlier = await played('success-four-tasks', { depth: 5 });
  const [made] = taskOf(earlier, 'load-iris')?.artifacts ?? [];
  const run = await played('cached-steps');
  expect(taskOf(run, 'load-iris')?.artifacts).toEqual([made]);
  expect(run.notes.map(({ message }) => message)).toEqual([
    `What load-iris took from the cache is told by the run ${earlier.label}, the last that ran it with the same inputs.`,
  ]);
  const asked = server.calls.filter((call) => call === 'GET /apis/v2beta1/runs').length;
  await backend.getRun(run.id, never);
  expect(server.calls.filter((call) => call === 'GET /apis/v2beta1/runs').length).toBe(asked);
});

it('takes nothing of a run with other inputs, or of another pipeline', async () => {
  await played('success-four-tasks', { seed: 8 });
  await played('imported-artifact');
  const run = await played('cached-steps', { seed: 7 });
  expect(taskOf(run, 'load-iris')?.artifacts).toEqual([]);
});

it('names what an importer handed on', async () => {
  const run = await played('imported-artifact');
  expect(taskOf(run, 'importer')?.artifacts).toEqual([
    { name: 'artifact', type: 'Dataset', uri: 'minio://mlpipeline/given/table.csv', metadata: {} },
  ]);
  expect(run.notes).toEqual([]);
});

it('says it where the logs tell nothing, and still names the artifacts', async () => {
  tells = false;
  const run = await played('success-four-tasks');
  expect(run.notes.map(({ message }) => message)).toEqual([
    'Not all that score-model, train-tree wrote is known: the Pipelines API does not tell it, and neither does the log.',
  ]);
  expect(taskOf(run, 'train-tree')?.artifacts.map(({ name, type }) => [name, type])).toEqual([
    ['model', 'Model'],
  ]);
});

it('tells the run where its logs cannot be read', async () => {
  server.interfere((_, where) => (where.endsWith('/log') ? { status: 503, body: '' } : undefined));
  const run = await played('user-exception');
  expect(run.tasks.find(({ path: where }) => where === 'train-tree')?.error).toMatchObject({
    kind: 'container',
    message: 'exit code 1',
  });
  server.interfere(undefined);
  expect((await backend.getRun(run.id, never)).error).toMatchObject({ message: 'on purpose' });
});

it('has the source of tasks that ran, and of no others', async () => {
  const run = await played('cached-steps');
  expect(await backend.readSource?.(run.id, 'train-tree', never)).toContain('def train_tree(');
  for (const other of ['load-iris', 'nothing'])
    await expect(backend.readSource?.(run.id, other, never)).rejects.toMatchObject({ kind: 'notFound' });
});
