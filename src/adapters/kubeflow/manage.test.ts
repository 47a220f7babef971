import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSpecification } from '../../../test/fakes/aSpecification.ts';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { SilentLog } from '../../../test/fakes/silentLog.ts';
import { uploadTo } from '../../../test/servers/kfp/client.ts';
import { type KfpServer, startKfpServer } from '../../../test/servers/kfp/server.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import { describeSpecification } from '../../core/pipelineSpec/describeSpecification.ts';
import type { GivenSpec } from '../../core/pipelineSpec/givenPipeline.ts';
import type { Specification } from '../../core/pipelineSpec/readSpecification.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import type { PipelineLibrary } from '../../core/ports/pipelineLibrary.ts';
import { createKubeflow, type KubeflowOptions } from './kubeflow.ts';

const never = new AbortController().signal;
const recordings = path.join(import.meta.dirname, '..', '..', '..', 'test', 'recordings', 'kfp');
const connection = {
  id: 'c' as ConnectionId,
  kind: 'kubeflow',
  name: 'Cluster',
  readOnly: false,
  about: '',
} as const;

let server: KfpServer;
let backend: PipelineBackend;

beforeEach(async () => {
  server = await startKfpServer();
  backend = backendWith({});
});
afterEach(() => server.close());

function backendWith(more: Partial<KubeflowOptions>): PipelineBackend {
  const attention = { present: true, onDidChange: () => () => undefined };
  const common = { connection, endpoint: server.address, clock: new FakeClock(), log: new SilentLog() };
  return createKubeflow({ ...common, attention, ...more });
}

const library = () => backend.library as PipelineLibrary;

function given(change: (specification: Specification) => Specification = (same) => same): GivenSpec {
  const specification = change(aSpecification('words'));
  const id = 'words.yaml' as PipelineId;
  const source = { kind: 'yaml', file: '/workspace/words.yaml', label: 'words.yaml' } as const;
  const pipeline = describeSpecification({ id, name: 'words', source }, specification);
  return { kind: 'spec', pipeline, specification };
}

const upload = (more: { readonly name?: string; readonly into?: PipelineId } = {}) =>
  library().upload({ pipeline: 'words.yaml' as PipelineId, given: given(), name: 'words', ...more }, never);

const sent = (route: string) =>
  server.calls.filter((call) => call === `POST /apis/v2beta1/pipelines/${route}`);

it('a run is told of values that are paths of this machine', async () => {
  const parameters = { text: import.meta.filename };
  const { notes } = await backend.prepareRun(
    { pipeline: 'words.yaml' as PipelineId, given: given(), parameters, cache: true, idempotencyKey: 'k' },
    never,
  );
  expect(notes).toContainEqual(expect.objectContaining({ what: 'local_path' }));
});

/** What happens to the first upload. */
function first(happens: 'cut' | { readonly status: number; readonly body: string }): void {
  let times = 0;
  server.interfere((method, where) => {
    if (method !== 'POST' || !/upload(?:_version)?$/.test(where)) return undefined;
    times += 1;
    return times === 1 ? happens : undefined;
  });
}

describe('an upload', () => {
  it('whose answer was lost is looked up and not sent again', async () => {
    first('cut');
    const { pipeline } = await upload();
    expect(sent('upload')).toHaveLength(1);
    first('cut');
    expect(await upload({ into: pipeline, name: 'v2' })).toMatchObject({ name: 'v2', number: 2 });
    expect(sent('upload_version')).toHaveLength(1);
    expect((await library().versions(pipeline, {}, never)).total).toBe(2);
  });

  it('that did not arrive is sent once more', async () => {
    first({ status: 503, body: '' });
    await upload();
    expect(sent('upload')).toHaveLength(2);
    expect(server.state.pipelines.size).toBe(1);
  });

  it('that may or may not have arrived says so', async () => {
    let lost = false;
    server.interfere((method) => {
      lost ||= method === 'POST';
      return lost ? { status: 503, body: '' } : undefined;
    });
    await expect(upload()).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('Whether words was uploaded is not known.'),
    });
    expect(sent('upload')).toHaveLength(1);
  });

  it('of what Kubeflow does not take is never sent', async () => {
    const old = given((one) => ({ ...one, spec: { ...one.spec, schemaVersion: '2.0.0' } }));
    const request = { pipeline: old.pipeline.id, given: old, name: 'words' };
    await expect(library().upload(request, never)).rejects.toMatchObject({ kind: 'unsupported' });
    expect(sent('upload')).toHaveLength(0);
  });

  it('keeps the platform document beside the pipeline', async () => {
    const platform = { platforms: { kubernetes: { deploymentSpec: { executors: {} } } } };
    const both = given((one) => ({ ...one, platform }) as unknown as Specification);
    const made = await library().upload({ pipeline: both.pipeline.id, given: both, name: 'both' }, never);
    const [stored] = [...server.state.versions.values()];
    expect(stored?.spec).toMatchObject({ platform_spec: platform });
    expect((await backend.getPipeline(made.id, never)).parameters).toHaveLength(1);
  });
});

describe('a pipeline of Kubeflow Pipelines 1', () => {
  it('is listed with its versions and never pretended to run', async () => {
    const text = await readFile(path.join(recordings, 'pipelines', 'argo_v1.yaml'), 'utf8');
    const id = (await uploadTo(server, { name: 'old', text })) as PipelineId;
    expect((await backend.listPipelines({}, never)).items.map(({ name }) => name)).toEqual(['old']);
    const { items } = await library().versions(id, {}, never);
    expect(items.map(({ name }) => name)).toEqual(['old']);
    for (const one of [id, items[0]?.id ?? id])
      await expect(backend.getPipeline(one, never)).rejects.toMatchObject({ kind: 'unsupported' });
  });
});

describe('an experiment', () => {
  it('whose answer was lost is made once', async () => {
    server.interfere((method, where) =>
      method === 'POST' && where.endsWith('/experiments') ? 'cut' : undefined,
    );
    expect(await backend.experiments?.create('Study', never)).toMatchObject({ name: 'Study' });
    expect([...server.state.experiments.values()].filter(({ name }) => name === 'Study')).toHaveLength(1);
  });
});

describe('a server for several users', () => {
  it('is asked for one namespace, and runs go into its own experiment', async () => {
    backend = backendWith({ namespace: 'team-a' });
    const unnamed: string[] = [];
    let experiments = 0;
    server.interfere((method, where, query) => {
      if (where.endsWith('/healthz')) return { status: 200, body: '{"multi_user":true}' };
      if (method === 'POST' && where.endsWith('/experiments')) experiments += 1;
      const isList = method === 'GET' && /\/(?:runs|pipelines|experiments)$/.test(where);
      if ((isList || where.endsWith('/upload')) && query.get('namespace') !== 'team-a')
        unnamed.push(`${method} ${where}`);
      return undefined;
    });
    const { pipeline } = await upload();
    const request = { pipeline, parameters: { word: 'hi' }, cache: true, idempotencyKey: 'a key' };
    expect(await backend.prepareRun(request, never)).toMatchObject({
      blockers: [],
      runsOn: expect.stringContaining('namespace team-a'),
    });
    server.state.experiments.clear();
    const run = await backend.getRun(await backend.createRun(request, never), never);
    expect(run.experiment).toBe('Default');
    await backend.listRuns({}, never);
    await backend.findRuns('words', never);
    await backend.listPipelines({}, never);
    expect(experiments).toBe(1);
    expect(unnamed).toEqual([]);
  });
});

describe('the page of a thing', () => {
  it('is not known inside a cluster; the person reads what to set', () => {
    backend = backendWith({ where: 'in the context test' });
    const page = () => backend.pageOf?.({ kind: 'run', id: 'r1' });
    expect(page).toThrow('The address of the Pipelines UI of Cluster is not known.');
    expect(page).toThrow(expect.objectContaining({ hint: expect.stringContaining('"page"') }));
  });

  it.each([
    [undefined, { kind: 'run', id: 'r1' }, '/#/runs/details/r1'],
    [
      'https://kf.example/pipeline/',
      { kind: 'pipeline', id: 'p1' },
      'https://kf.example/pipeline/#/pipelines/details/p1',
    ],
    [undefined, { kind: 'pipeline', id: 'p1@v1' }, '/#/pipelines/details/p1/version/v1'],
    [undefined, { kind: 'experiment', id: 'e/1' }, '/#/experiments/details/e%2F1'],
  ] as const)('is in the Pipelines UI at %s for %o', (page, subject, address) => {
    backend = backendWith(page === undefined ? {} : { page });
    const whole = address.startsWith('/') ? `${server.address}${address}` : address;
    expect(backend.pageOf?.(subject)).toBe(whole);
  });
});
