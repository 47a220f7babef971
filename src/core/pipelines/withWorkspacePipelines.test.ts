import { describe, expect, it } from 'vitest';
import { aSpecification } from '../../../test/fakes/aSpecification.ts';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemoryPipelineFiles } from '../../../test/fakes/memoryPipelineFiles.ts';
import type { ConnectionId } from '../domain/connection.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import type { BackendChange, PipelineBackend } from '../ports/pipelineBackend.ts';
import { withWorkspacePipelines } from './withWorkspacePipelines.ts';

const never = new AbortController().signal;
const request = (pipeline: PipelineId, agreed?: string) => ({
  pipeline,
  parameters: { word: 'hi' },
  cache: false,
  idempotencyKey: crypto.randomUUID(),
  ...(agreed === undefined ? {} : { agreed }),
});

/** A workspace, and two connections that it is joined with. */
function workspace() {
  const files = new MemoryPipelineFiles();
  const here = new FakePipelineBackend();
  const cluster = new FakePipelineBackend(new FakeClock(), {
    id: 'cluster' as ConnectionId,
    kind: 'kubeflow',
    name: 'Cluster',
  });
  const joined = (backend: PipelineBackend) => withWorkspacePipelines(backend, files);
  return { files, here, cluster, onHere: joined(here), onCluster: joined(cluster) };
}

async function pagesOf(backend: PipelineBackend, size: number) {
  const pages: string[][] = [];
  const totals = new Set<number | undefined>();
  let page: string | undefined;
  do {
    const listed = await backend.listPipelines({ size, ...(page === undefined ? {} : { page }) }, never);
    pages.push(listed.items.map(({ name }) => name));
    totals.add(listed.total);
    page = listed.next;
  } while (page !== undefined);
  return { pages, totals: [...totals] };
}

describe('a pipeline of the workspace', () => {
  it('runs on any connection, although the connection does not store it', async () => {
    const { files, here, cluster, onHere, onCluster } = workspace();
    const id = files.addSpec('train.yaml', aSpecification('train'));
    for (const backend of [onHere, onCluster]) {
      const { fingerprint } = await backend.prepareRun(request(id), never);
      const run = await backend.createRun(request(id, fingerprint), never);
      expect((await backend.getRun(run, never)).pipeline).toMatchObject({
        id,
        name: 'train',
        source: { kind: 'yaml', file: '/workspace/train.yaml' },
      });
      expect((await backend.listRuns({ pipeline: id }, never)).items).toHaveLength(1);
    }
    expect([here.calls, cluster.calls]).toEqual([['create train'], ['create train']]);
    expect([here.pipelines.size, cluster.pipelines.size]).toEqual([0, 0]);
  });

  it('is described with what keeps each connection from running it', async () => {
    const { files, cluster, onHere, onCluster } = workspace();
    const id = files.addSpec('train.yaml', aSpecification('train'));
    const blockers = [{ what: 'quota', message: 'Nothing more may run there.' }];
    cluster.judgement = { blockers, notes: [] };
    expect(await onHere.getPipeline(id, never)).toMatchObject({
      blockers: [],
      parameters: [{ name: 'word' }],
    });
    expect(await onCluster.getPipeline(id, never)).toMatchObject({ blockers });
    expect((await onCluster.prepareRun(request(id), never)).blockers).toEqual(blockers);
    await expect(onCluster.createRun(request(id), never)).rejects.toMatchObject({ kind: 'unsupported' });
  });

  it('does not start when its file changed since the person agreed', async () => {
    const { files, onCluster } = workspace();
    const id = files.addSpec('train.yaml', aSpecification('train'));
    const { fingerprint } = await onCluster.prepareRun(request(id), never);
    files.addSpec('train.yaml', aSpecification('train', 'Does more.'));
    await expect(onCluster.createRun(request(id, fingerprint), never)).rejects.toMatchObject({
      kind: 'conflict',
    });
    expect((await onCluster.listRuns({}, never)).items).toEqual([]);
  });

  it('has the runs of both its Python file and its compiled file', async () => {
    const { files, onHere } = workspace();
    const python = files.addPython('train.py:train', aSpecification('train'));
    await onHere.approvals?.approve(python, never);
    const run = await onHere.createRun(request(python), never);
    const source = { kind: 'python', file: '/workspace/train.py' } as const;
    const compiled = files.addSpec('train.yaml', aSpecification('train'), { twin: { id: python, source } });
    for (const pipeline of [compiled, python])
      expect((await onHere.listRuns({ pipeline }, never)).items.map(({ id }) => id)).toEqual([run]);
  });
});

describe('a Python file of the workspace', () => {
  it('says what compiling needs, and runs on no connection without approval', async () => {
    const { files, onHere, onCluster } = workspace();
    const id = files.addPython('train.py:train', aSpecification('train'));
    files.installed = false;
    for (const backend of [onHere, onCluster]) {
      expect(await backend.getPipeline(id, never)).toMatchObject({ outline: true });
      expect(await backend.prepareRun(request(id), never)).toMatchObject({
        compiles: 'train.py',
        install: ['kfp==2.17.0'],
        installBytes: 20_000_000,
        notes: [{ what: 'compiled_first' }],
      });
      await expect(backend.createRun(request(id), never)).rejects.toMatchObject({ kind: 'forbidden' });
      expect((await backend.listRuns({}, never)).items).toEqual([]);
    }
  });

  it('says after approval that the compiler is missing, and installs it for the run', async () => {
    const { files, onCluster } = workspace();
    const id = files.addPython('train.py:train', aSpecification('train'));
    files.installed = false;
    await onCluster.approvals?.approve(id, never);
    await expect(onCluster.getPipeline(id, never)).rejects.toMatchObject({ kind: 'unsupported' });
    const prepared = await onCluster.prepareRun(request(id), never);
    expect(prepared).toMatchObject({ install: ['kfp==2.17.0'], notes: [{ what: 'compiled_first' }] });
    expect(prepared.compiles).toBeUndefined();
    await onCluster.createRun(request(id), never);
    expect(files.installed).toBe(true);
    expect((await onCluster.prepareRun(request(id), never)).install).toEqual([]);
  });

  it('does not mention compiling where it cannot run at all', async () => {
    const { files, here, onHere } = workspace();
    const id = files.addPython('train.py:train', aSpecification('train'));
    here.judgement = { blockers: [{ what: 'no_python', message: 'There is no Python.' }], notes: [] };
    const prepared = await onHere.prepareRun(request(id), never);
    expect([prepared.compiles, prepared.install]).toEqual([undefined, []]);
  });
});

describe('lists of pipelines', () => {
  const filled = () => {
    const made = workspace();
    for (const name of ['b', 'a', 'c']) made.files.addSpec(`${name}.yaml`, aSpecification(name));
    for (const name of ['y', 'x']) made.cluster.addPipeline({ id: `id-${name}`, name });
    return made;
  };

  it.each([
    [1, [['a'], ['b'], ['c'], ['x'], ['y']]],
    [2, [['a', 'b'], ['c', 'x'], ['y']]],
    [
      3,
      [
        ['a', 'b', 'c'],
        ['x', 'y'],
      ],
    ],
    [4, [['a', 'b', 'c', 'x'], ['y']]],
    [5, [['a', 'b', 'c', 'x', 'y']]],
  ])('show those of the workspace, then those of the connection, %s to a page', async (size, pages) => {
    expect(await pagesOf(filled().onCluster, size)).toEqual({ pages, totals: [5] });
  });

  it('show only those of the workspace when the connection has none', async () => {
    expect(await pagesOf(filled().onHere, 3)).toEqual({ pages: [['a', 'b', 'c']], totals: [3] });
  });

  it('can be filtered by a text, and say which files could not be read', async () => {
    const { files, onCluster } = filled();
    files.cut = 'Could not be read: d.yaml.';
    expect(await onCluster.listPipelines({ text: 'x' }, never)).toMatchObject({
      items: [{ name: 'x' }],
      cut: 'Could not be read: d.yaml.',
    });
    await expect(onCluster.listPipelines({ page: 'nonsense' }, never)).rejects.toMatchObject({
      kind: 'invalid',
    });
  });

  it('include pipelines of the connection, which open and run there', async () => {
    const { cluster, onCluster } = filled();
    const id = 'id-x' as PipelineId;
    expect((await onCluster.getPipeline(id, never)).name).toBe('x');
    await onCluster.createRun({ ...request(id), parameters: {} }, never);
    expect(cluster.calls).toEqual(['create x']);
    await expect(onCluster.getPipeline('nope' as PipelineId, never)).rejects.toMatchObject({
      kind: 'notFound',
    });
  });

  it('report changes of the files and of the connection until watching ends', async () => {
    const { files, cluster, onCluster } = workspace();
    const heard: BackendChange[] = [];
    const stop = onCluster.watch((change) => heard.push(change));
    files.addSpec('a.yaml', aSpecification('a'));
    cluster.addPipeline({ name: 'x' });
    expect(heard).toEqual([{ kind: 'pipelines' }, { kind: 'pipelines' }]);
    stop();
    files.addSpec('b.yaml', aSpecification('b'));
    cluster.addPipeline({ name: 'y' });
    expect(heard).toHaveLength(2);
  });
});
