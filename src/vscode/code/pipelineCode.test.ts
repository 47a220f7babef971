import { beforeEach, describe, expect, it } from 'vitest';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemoryFiles } from '../../../test/fakes/memoryFiles.ts';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import { type KnownCode, PipelineCode } from './pipelineCode.ts';

const file = '/w/iris.py';
const never = new AbortController().signal;
const error = {
  kind: 'exception',
  type: 'ValueError',
  message: 'no',
  line: 2,
  function: 'train',
  offset: 1,
  text: 'raise ValueError',
};
let backend: FakePipelineBackend;
let files: MemoryFiles;
let code: PipelineCode;
let heard: KnownCode[];
let iris: PipelineId;

beforeEach(async () => {
  backend = new FakePipelineBackend();
  files = new MemoryFiles();
  files.texts.set(file, 'def train():\n    raise ValueError\n');
  heard = [];
  code = new PipelineCode(backend, files, (known) => heard.push(known));
  iris = backend.addPipeline({ name: 'iris', source: { kind: 'python', file, function: 'iris' } });
  backend.addPipeline({ name: 'other' });
  await code.change({ kind: 'pipelines' });
});

const start = (pipeline = iris) =>
  backend.createRun({ pipeline, parameters: {}, cache: true, idempotencyKey: crypto.randomUUID() }, never);

async function fail() {
  const id = await start();
  backend.changeTask(id, { path: 'train', state: 'failed', error });
  backend.end(id, 'failed', { error: { ...error, task: 'train' } });
  await code.change({ kind: 'runs', runs: [id] });
  return id;
}

describe('PipelineCode', () => {
  it('knows every pipeline with its last run', async () => {
    const first = await start();
    await code.change({ kind: 'runs' });
    expect(heard.at(-1)?.pipelines.map(({ name }) => name)).toEqual(['iris', 'other']);
    expect([...(heard.at(-1)?.last.values() ?? [])].map(({ id }) => id)).toEqual([first]);
  });

  it('updates a run that a change names without reading the others', async () => {
    const first = await start();
    await code.change({ kind: 'runs', runs: [first] });
    const second = await start();
    await code.change({ kind: 'runs', runs: [second] });
    expect(code.known.last.get(iris)).toMatchObject({ id: second, state: 'running' });
    backend.end(first, 'succeeded');
    await code.change({ kind: 'runs', runs: [first] });
    expect(code.known.last.get(iris)?.id).toBe(second);
    backend.end(second, 'succeeded');
    await code.change({ kind: 'runs', runs: [second] });
    expect(code.known.last.get(iris)?.state).toBe('succeeded');
  });

  it('finds the failing line when a list told of the failure before the run did', async () => {
    const id = await start();
    await code.change({ kind: 'runs', runs: [id] });
    const before = await backend.getRun(id, never);
    backend.changeTask(id, { path: 'train', state: 'failed', error });
    backend.end(id, 'failed', { error: { ...error, task: 'train' } });
    const getRun = backend.getRun.bind(backend);
    backend.getRun = async () => before; // shared with a read that began before the end
    await code.change({ kind: 'runs' });
    expect(code.known.last.get(iris)?.state).toBe('failed');
    backend.getRun = getRun;
    await code.change({ kind: 'runs', runs: [id] });
    expect(code.known.failures.get(id)).toMatchObject({ file, line: 2 });
  });

  it('forgets a run that was deleted', async () => {
    const first = await start();
    const second = await start();
    await code.change({ kind: 'runs' });
    backend.runs.delete(second);
    await code.change({ kind: 'runs', runs: [second] });
    expect(code.known.last.get(iris)?.id).toBe(first);
  });

  it('has the line that a last run failed on, until the next run begins', async () => {
    const failed = await fail();
    expect(code.known.failures.get(failed)).toMatchObject({ file, line: 2 });
    const next = await start();
    await code.change({ kind: 'runs', runs: [next] });
    expect(code.known.failures.size).toBe(0);
  });

  it('looks for the failing line again only when files change', async () => {
    const failed = await fail();
    files.texts.set(file, '# one\ndef train():\n    raise ValueError\n');
    await code.change({ kind: 'runs', runs: [failed] });
    expect(code.known.failures.get(failed)).toMatchObject({ line: 2 });
    await code.change({ kind: 'pipelines' });
    expect(code.known.failures.get(failed)).toMatchObject({ line: 3 });
  });

  it('handles changes together that arrive during a read', async () => {
    const before = heard.length;
    const id = await start();
    await Promise.all([1, 2, 3, 4].map(() => code.change({ kind: 'runs', runs: [id] })));
    expect(heard.length - before).toBeLessThanOrEqual(2);
  });
});
