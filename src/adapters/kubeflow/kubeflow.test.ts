import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { SilentLog } from '../../../test/fakes/silentLog.ts';
import { uploadTo } from '../../../test/servers/kfp/client.ts';
import { playLife, type RecordedLife, readLife } from '../../../test/servers/kfp/recordedLife.ts';
import { type KfpServer, startKfpServer } from '../../../test/servers/kfp/server.ts';
import { specOf } from '../../../test/servers/kfp/specs.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import type { RunId } from '../../core/domain/run.ts';
import { readSpecification } from '../../core/pipelineSpec/readSpecification.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { createKubeflow } from './kubeflow.ts';

const recordings = path.join(import.meta.dirname, '..', '..', '..', 'test', 'recordings', 'kfp');
const never = new AbortController().signal;
const connection = {
  id: 'c' as ConnectionId,
  kind: 'kubeflow',
  name: 'Cluster',
  readOnly: false,
  about: '',
} as const;

let server: KfpServer;
let life: RecordedLife | undefined;
let clock: FakeClock;
let present = true;
let shown = true;
let attend: () => void = () => undefined;
let backend: PipelineBackend;

beforeEach(async () => {
  life = undefined;
  present = true;
  shown = true;
  clock = new FakeClock();
  server = await startKfpServer({ lifeOf: (run, now) => life && playLife(life, run, now) });
  backend = backendAt(server.address);
});
afterEach(() => server.close());

function backendAt(endpoint: string): PipelineBackend {
  const attention = {
    get present() {
      return present;
    },
    get shown() {
      return shown;
    },
    onDidChange: (listener: () => void) => {
      attend = listener;
      return () => undefined;
    },
  };
  return createKubeflow({ connection, endpoint, clock, log: new SilentLog(), attention });
}

async function upload(file: string, name = file): Promise<PipelineId> {
  const text = await readFile(path.join(recordings, 'pipelines', file), 'utf8');
  return (await uploadTo(server, { name, text })) as PipelineId;
}

const request = (pipeline: PipelineId) => ({
  pipeline,
  parameters: {},
  cache: true,
  idempotencyKey: 'a key',
});

describe('what a server refuses', () => {
  it.each([
    [400, 'invalid', 'Cluster refused this.'],
    [401, 'auth', 'Cluster asks for a sign-in.'],
    [302, 'auth', 'Cluster asks for a sign-in.'],
    [403, 'forbidden', 'Cluster does not allow this.'],
    [409, 'conflict', 'Cluster refused this.'],
    [429, 'unreachable', 'Cluster gets too many requests.'],
    [500, 'internal', 'Cluster failed (500).'],
    [503, 'unreachable', 'Cluster is not available (503).'],
  ])('%i is an error of the kind %s', async (status, kind, words) => {
    server.interfere(() => ({ status, body: '' }));
    await expect(backend.listRuns({}, never)).rejects.toMatchObject({ kind, words });
  });

  it('is the mistake of the request where the server says so with 500', async () => {
    const message = 'Failed to create a run: Invalid input error: no such parameter';
    server.interfere(() => ({ status: 500, body: JSON.stringify({ code: 13, message }) }));
    await expect(backend.listRuns({}, never)).rejects.toMatchObject({ kind: 'invalid', outside: message });
  });

  it('is told apart from a page to sign in and from another server', async () => {
    server.interfere(() => ({ status: 200, body: '<html>Log in</html>' }));
    await expect(backend.listRuns({}, never)).rejects.toMatchObject({ kind: 'auth' });
    server.interfere(() => ({ status: 200, body: '[]' }));
    await expect(backend.listRuns({}, never)).rejects.toMatchObject({ kind: 'unsupported' });
  });

  it('is told apart from a server that is not there', async () => {
    const gone = await startKfpServer();
    await gone.close();
    await expect(backendAt(gone.address).listRuns({}, never)).rejects.toMatchObject({
      kind: 'unreachable',
      message: `Cluster cannot be reached at ${gone.address}.`,
    });
  });
});

describe('preparing a run', () => {
  const healthIs = (more: object) =>
    server.interfere((_, where) =>
      where.endsWith('/healthz') ? { status: 200, body: JSON.stringify(more) } : undefined,
    );

  it('names the server with its version, where it knows that', async () => {
    const pipeline = await upload('iris_train.yaml');
    const { host } = new URL(server.address);
    const where = async () => (await backend.prepareRun(request(pipeline), never)).runsOn;
    expect(await where()).toBe(`Kubeflow Pipelines at ${host}`);
    healthIs({ tag_name: '2.17.0' });
    expect(await where()).toBe(`Kubeflow Pipelines 2.17.0 at ${host}`);
  });

  it('says that a server for several users cannot be used yet', async () => {
    const pipeline = await upload('iris_train.yaml');
    healthIs({ multi_user: true });
    const { blockers } = await backend.prepareRun(request(pipeline), never);
    expect(blockers.map(({ what }) => what)).toEqual(['multi_user']);
  });

  it('says which packages only this machine has, and what else Kubeflow does not take', async () => {
    const json = specOf(await readFile(path.join(recordings, 'pipelines', 'iris_train.yaml'), 'utf8'));
    const text = JSON.stringify(json)
      .replace(String.raw`&& \"$0\"`, String.raw`&& python3 -m pip install --quiet './my-package' && \"$0\"`)
      .replace('"name":"iris-train"', '"name":"Iris Train"')
      .replace('"2.1.0"', '"2.0.0"');
    const read = readSpecification([{ value: JSON.parse(text), lineOf: () => 1 }]);
    if (read.kind !== 'pipeline') throw new Error('It is no pipeline.');
    const { blockers } = await backend.judge(read.specification, never);
    expect(blockers.map(({ what }) => what)).toEqual(['pipeline_name', 'schema_version', 'local_package']);
  });
});

describe('starting a run', () => {
  it('finds the run again when the answer was lost', async () => {
    const pipeline = await upload('iris_train.yaml');
    let cuts = 0;
    server.interfere((method, where) => {
      if (method !== 'POST' || !where.endsWith('/runs') || cuts > 0) return undefined;
      cuts += 1;
      return 'cut';
    });
    const id = await backend.createRun(request(pipeline), never);
    expect([...server.state.runs.keys()]).toEqual([id]);
    expect(cuts).toBe(1);
  });

  it('asks once more when the request did not arrive', async () => {
    const pipeline = await upload('iris_train.yaml');
    let refused = 0;
    server.interfere((method, where) => {
      if (method !== 'POST' || !where.endsWith('/runs') || refused > 0) return undefined;
      refused += 1;
      return { status: 503, body: '' };
    });
    const id = await backend.createRun(request(pipeline), never);
    expect([...server.state.runs.keys()]).toEqual([id]);
  });

  it('says that it does not know when the server is gone in the middle', async () => {
    const pipeline = await upload('iris_train.yaml');
    let sent = false;
    server.interfere((method) => {
      sent ||= method === 'POST';
      return sent ? { status: 503, body: '' } : undefined;
    });
    await expect(backend.createRun(request(pipeline), never)).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('Whether the run was started is not known.'),
    });
  });

  it('sends the platform document, and no cache where none is wanted', async () => {
    const pipeline = await upload('with_kubernetes.yaml');
    const id = await backend.createRun({ ...request(pipeline), cache: false }, never);
    const { spec } = server.state.runs.get(id)!.source;
    expect(Object.keys(spec)).toEqual(['pipeline_spec', 'platform_spec']);
    expect(JSON.stringify(spec)).not.toContain('enableCache');
    expect(await backend.getRun(id, never)).toMatchObject({ cache: false, pipeline: { id: pipeline } });
  });

  it('runs the version that was looked at, not one that was added since', async () => {
    const pipeline = await upload('iris_train.yaml');
    const id = await backend.createRun(request(pipeline), never);
    const [version] = [...server.state.versions.values()];
    expect(server.state.runs.get(id)?.source.reference).toEqual({
      pipeline_id: pipeline,
      pipeline_version_id: version?.id,
    });
  });

  it('leaves a parameter out that is set to null', async () => {
    const pipeline = await upload('every_parameter.yaml');
    const parameters = { text: 'a', count: 1, extra: null };
    const id = await backend.createRun({ ...request(pipeline), parameters }, never);
    expect(server.state.runs.get(id)?.config).toEqual({ parameters: { text: 'a', count: 1 } });
  });
});

describe('pipelines', () => {
  it('shows one of the first kind, and says why it cannot be described', async () => {
    const pipeline = await upload('argo_v1.yaml', 'old');
    expect((await backend.listPipelines({}, never)).items.map(({ name }) => name)).toEqual(['old']);
    await expect(backend.getPipeline(pipeline, never)).rejects.toMatchObject({
      kind: 'unsupported',
      hint: expect.stringContaining('Compile it anew'),
    });
  });

  it('reads one with its platform document', async () => {
    const pipeline = await backend.getPipeline(await upload('with_kubernetes.yaml'), never);
    expect(pipeline.tasks.map(({ name }) => name).toSorted()).toEqual(['say', 'shell']);
  });
});

describe('runs as they were recorded', () => {
  async function played(name: string, seconds: number) {
    life = await readLife(path.join(recordings, 'lives', `${name}.json`));
    const text = await readFile(path.join(recordings, 'pipelines', life.pipeline), 'utf8');
    await fetch(`${server.address}/apis/v2beta1/runs`, {
      method: 'POST',
      body: JSON.stringify({ display_name: name, pipeline_spec: specOf(text) }),
    });
    server.advance(seconds * 1000);
    const [id = ''] = [...server.state.runs.keys()];
    return backend.getRun(id as RunId, never);
  }
  const statesOf = (run: Awaited<ReturnType<typeof played>>) =>
    Object.fromEntries(run.tasks.map(({ path: where, state }) => [where, state]));

  it('tells which task failed, and what was left out for it', async () => {
    const run = await played('user-exception', 200);
    expect(run).toMatchObject({
      state: 'failed',
      error: { task: 'train-tree', type: 'ValueError', message: 'on purpose' },
    });
    const text = "open(model.path, 'w').write(f'tree depth={depth}')";
    expect(run.tasks.find(({ path: where }) => where === 'train-tree')?.error).toEqual({
      kind: 'exception',
      type: 'ValueError',
      message: 'on purpose',
      line: 8,
      text,
      function: 'train_tree',
      offset: 1,
    });
    expect((await backend.readSource?.(run.id, 'train-tree', never))?.split('\n')[7]?.trim()).toBe(text);
    expect(statesOf(run)).toEqual({
      'load-iris': 'succeeded',
      'split-rows': 'succeeded',
      'train-tree': 'failed',
      'score-model': 'skipped',
    });
    expect(run.tasks.find(({ name }) => name === 'score-model')?.skipReason).toBe('upstream');
  });

  it('tells the iterations of a loop apart', async () => {
    const run = await played('loop-one-fails', 200);
    expect(statesOf(run)).toMatchObject({
      'for-loop-2[0]/shell': 'succeeded',
      'for-loop-2[1]/shell': 'failed',
      'for-loop-2[2]/shell': 'succeeded',
    });
  });

  it('counts tasks from the cache', async () => {
    const run = await played('cached-steps', 200);
    expect(run.counts).toEqual({ total: 4, running: 0, succeeded: 4, failed: 0, cached: 2 });
  });

  it('calls a run stopped that somebody ended', async () => {
    const run = await played('terminated-by-user', 200);
    expect(run).toMatchObject({ state: 'stopped', counts: { failed: 0 } });
    const [listed] = (await backend.listRuns({ states: ['stopped'] }, never)).items;
    expect(listed).toMatchObject({ id: run.id, counts: { failed: 0 } });
    expect((await backend.listRuns({ states: ['failed'] }, never)).items).toEqual([]);
  });

  it('lists a run as stopped that somebody ended, where its workflow alone says so', async () => {
    const run = await played('user-exception', 200);
    expect(run.state).toBe('failed');
    const again = backendAt(server.address);
    const workflow = { metadata: { name: 'w' }, spec: { activeDeadlineSeconds: 0 }, status: { nodes: {} } };
    const body = JSON.stringify({ pipeline_runtime: { workflow_manifest: JSON.stringify(workflow) } });
    server.interfere((_, where) => (where.startsWith('/apis/v1beta1/') ? { status: 200, body } : undefined));
    const asked = () => server.calls.filter((call) => call.includes('/v1beta1/runs/')).length;
    const before = asked();
    expect((await again.listRuns({ states: ['failed'] }, never)).items).toEqual([]);
    expect((await again.listRuns({ states: ['stopped'] }, never)).items).toMatchObject([{ id: run.id }]);
    expect(asked() - before).toBe(1);
  });

  it('gives the reason where a log cannot be read, which comes with the status of a success', async () => {
    const run = await played('success-four-tasks', 200);
    const body = JSON.stringify({ error_message: 'no such key', error_details: '' });
    server.interfere((_, where) => (where.endsWith('/log') ? { status: 200, body } : undefined));
    await expect(backend.readLog(run.id, 'load-iris', { limit: 9 }, never)).rejects.toMatchObject({
      kind: 'notFound',
      outside: 'no such key',
    });
  });

  it('goes without the workflow where the server does not give it', async () => {
    server.interfere((_, where) =>
      where.startsWith('/apis/v1beta1/') ? { status: 404, body: '' } : undefined,
    );
    const run = await played('success-four-tasks', 200);
    expect(run.state).toBe('succeeded');
    expect(run.notes.map(({ what }) => what)).toContain('no_workflow');
  });
});

describe('watching', () => {
  const looks = () => server.calls.filter((call) => call === 'GET /apis/v2beta1/runs').length;
  const resting = () => expect.poll(() => clock.waiting, { timeout: 5000, interval: 5 }).toBe(1);
  const asked = (count: number) => expect.poll(looks, { timeout: 5000, interval: 5 }).toBe(count);

  it('asks less often while nothing happens, and at once when this window starts a run', async () => {
    const pipeline = await upload('iris_train.yaml');
    const stop = backend.watch(() => undefined);
    await asked(1);
    await resting();
    await clock.advance(3000);
    await asked(2);
    await resting();
    await clock.advance(3000);
    await backend.createRun(request(pipeline), never);
    await asked(3);
    stop();
  });

  it('asks slowly for the runs that this window started while nobody uses it, until they ended', async () => {
    const pipeline = await upload('iris_train.yaml');
    const told: unknown[] = [];
    present = false;
    const stop = backend.watch((change) => told.push(change));
    const id = await backend.createRun(request(pipeline), never);
    await asked(1);
    await resting();
    server.advance(3_600_000);
    told.length = 0;
    await clock.advance(59_000);
    expect(looks()).toBe(1);
    await clock.advance(2000);
    await asked(2);
    await expect.poll(() => told, { interval: 5 }).toEqual([{ kind: 'runs', runs: [id] }]);
    await clock.advance(600_000);
    expect(looks()).toBe(2);
    stop();
  });

  it('asks nothing while nothing is shown and no run is active, and for what goes on until it ends', async () => {
    const pipeline = await upload('iris_train.yaml');
    shown = false;
    const stop = backend.watch(() => undefined);
    await backend.listPipelines({}, never);
    await clock.advance(600_000);
    await backend.listPipelines({}, never);
    expect(looks()).toBe(0);
    await backend.createRun(request(pipeline), never);
    await asked(1);
    server.advance(3_600_000);
    await resting();
    await clock.advance(3000);
    await asked(2);
    await clock.advance(600_000);
    expect(looks()).toBe(2);
    shown = true;
    attend();
    await asked(3);
    stop();
  });

  it('asks nothing while nobody uses the window', async () => {
    present = false;
    const stop = backend.watch(() => undefined);
    await backend.listPipelines({}, never);
    await clock.advance(600_000);
    await backend.listPipelines({}, never);
    expect(looks()).toBe(0);
    present = true;
    attend();
    await asked(1);
    stop();
  });
});
