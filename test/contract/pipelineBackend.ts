import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import type { Run, RunId } from '../../src/core/domain/run.ts';
import type { BackendChange, PipelineBackend } from '../../src/core/ports/pipelineBackend.ts';
import type { GivenSpec } from '../../src/core/pipelineSpec/givenPipeline.ts';
import { compileApprovals } from './compileApprovals.ts';
import { givenPipelines } from './givenPipelines.ts';
import { runLists, requestFor } from './runLists.ts';

/** A backend to be tested, with the pipelines of `test/contract/pipelines`. */
export interface BackendSubject {
  readonly backend: PipelineBackend;
  readonly pipelines: { readonly [name in 'quick' | 'slow' | 'failing' | 'broken']: PipelineId };
  /** A pipeline of a Python file, where the backend compiles such. */
  readonly python?: PipelineId;
  /** A pipeline that the backend does not have, with one task and one parameter: the text `word`. */
  readonly given: GivenSpec;
  /** Brings a run as far as a task that runs: a fake is told to, a real one is waited for. */
  readonly running: (id: RunId) => Promise<Run>;
  /** Brings a run to its end. */
  readonly ended: (id: RunId) => Promise<Run>;
  /** Changes what the pipeline `quick` does. */
  readonly edit: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

type Subject = () => BackendSubject;

const never = new AbortController().signal;
const notFound = expect.objectContaining({ name: 'MlopsError', kind: 'notFound' });

/** What every backend does, and `more` that some do. */
export function pipelineBackendContract(
  name: string,
  make: () => Promise<BackendSubject>,
  more?: (subject: () => BackendSubject) => void,
): void {
  describe(`pipeline backend: ${name}`, () => {
    let made: BackendSubject;
    beforeAll(async () => {
      made = await make();
    }, 180_000);
    afterAll(() => made.remove());
    const subject = () => made;
    pipelines(subject);
    compileApprovals(subject);
    starting(subject);
    givenPipelines(subject);
    ending(subject);
    runLists(subject);
    watching(subject);
    more?.(subject);
  });
}

function pipelines(subject: Subject): void {
  it('lists pipelines by name, including broken ones', async () => {
    const { backend, pipelines: ids } = subject();
    const { items } = await backend.listPipelines({ size: 200 }, never);
    const own = items.filter((item) => Object.values(ids).includes(item.id));
    expect(own.map((one) => one.name)).toEqual(['broken', 'failing', 'quick', 'slow']);
    if (backend.gaps?.includes('listedProblems')) return;
    expect(own.map((one) => one.problem !== undefined)).toEqual([true, false, false, false]);
    expect(own[0]?.problem?.message).toContain('comp-a');
  });

  it('lists pipelines in pages and by a search text', async () => {
    const { backend } = subject();
    const all = (await backend.listPipelines({ size: 200 }, never)).items.map((item) => item.id);
    const paged: PipelineId[] = [];
    let page: string | undefined;
    do {
      const listed = await backend.listPipelines({ size: 2, ...(page === undefined ? {} : { page }) }, never);
      paged.push(...listed.items.map((item) => item.id));
      page = listed.next;
    } while (page !== undefined);
    expect(paged).toEqual(all);
    const named = await backend.listPipelines({ text: 'SAYS A' }, never);
    expect(named.items.map((item) => item.name)).toEqual(['quick']);
    await expect(backend.listPipelines({ page: 'nonsense' }, never)).rejects.toMatchObject({
      kind: 'invalid',
    });
  });

  it('describes a pipeline', async () => {
    const { backend, pipelines: ids } = subject();
    const pipeline = await backend.getPipeline(ids.quick, never);
    expect(pipeline).toMatchObject({ name: 'quick', description: 'Says a word.', blockers: [] });
    expect(
      pipeline.parameters.map(({ name, type, required, default: value }) => ({
        name,
        type,
        required,
        value,
      })),
    ).toEqual([
      { name: 'times', type: 'integer', required: false, value: 1 },
      { name: 'word', type: 'string', required: true, value: undefined },
    ]);
    expect(pipeline.tasks.map(({ name, after }) => ({ name, after }))).toEqual([
      { name: 'measure', after: ['say'] },
      { name: 'say', after: [] },
    ]);
    await expect(backend.getPipeline('nope' as PipelineId, never)).rejects.toEqual(notFound);
    await expect(backend.getPipeline(ids.broken, never)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(backend.getPipeline(ids.quick, AbortSignal.abort())).rejects.toMatchObject({
      kind: 'cancelled',
    });
  });

  it('prepares without starting anything', async () => {
    const { backend } = subject();
    const before = await backend.listRuns({}, never);
    const preparation = await backend.prepareRun(requestFor(subject()), never);
    expect(preparation).toMatchObject({ blockers: [], runsOn: expect.stringMatching(/\S/) });
    expect((await backend.listRuns({}, never)).items).toEqual(before.items);
  });
}

function starting(subject: Subject): void {
  it('runs a pipeline and reports its tasks, outputs and logs', async () => {
    const { backend, ended } = subject();
    const id = await backend.createRun(
      requestFor(subject(), { name: 'my first', parameters: { word: 'hi', times: 2 } }),
      never,
    );
    const run = await ended(id);
    expect(run).toMatchObject({
      id,
      state: 'succeeded',
      name: 'my first',
      parameters: { word: 'hi', times: 2 },
      cache: false,
    });
    expect(run.counts).toEqual({ total: 2, running: 0, succeeded: 2, failed: 0, cached: 0 });
    expect(run.endedAt).toBeGreaterThanOrEqual(run.createdAt);
    const say = run.tasks.find((task) => task.path === 'say');
    expect(say).toMatchObject({
      state: 'succeeded',
      kind: 'task',
      attempts: 1,
      hasLog: true,
    });
    expect((await logOf(backend, id, 'say')).text).toContain('say hi hi\n');
    expect(run.notes.some((note) => note.what === 'results_not_told')).toBe(false);
    expect(run.outputs).toEqual({ Output: 'hi hi' });
    expect(say?.outputs).toEqual({ Output: 'hi hi' });
    expect(run.metrics).toEqual([{ name: 'length', value: 5, task: 'measure', artifact: 'metrics' }]);
  });

  it('tells which tasks a run is made of, as its pipeline has them', async () => {
    const { backend, pipelines, ended } = subject();
    const id = await backend.createRun(requestFor(subject()), never);
    const { tasks } = await backend.getPipeline(pipelines.quick, never);
    expect(await backend.taskGraph(id, never)).toEqual(tasks);
    await ended(id);
    expect(await backend.taskGraph(id, never)).toEqual(tasks);
  });

  it('fills in default values', async () => {
    const { backend, ended } = subject();
    const run = await ended(await backend.createRun(requestFor(subject()), never));
    expect(run.parameters).toEqual({ word: 'hello', times: 1 });
    expect(run.name).toBe(run.label);
  });

  it('makes one run for one key, even of two calls at once', async () => {
    const { backend, ended } = subject();
    const request = requestFor(subject());
    const before = (await backend.listRuns({ size: 200 }, never)).items.length;
    const [first, second] = await Promise.all([
      backend.createRun(request, never),
      backend.createRun(request, never),
    ]);
    expect(second).toBe(first);
    await ended(first);
    expect(await backend.createRun(request, never)).toBe(first);
    expect((await backend.listRuns({ size: 200 }, never)).items).toHaveLength(before + 1);
  });

  it('starts a run whose fingerprint matches what was agreed to', async () => {
    const { backend, ended } = subject();
    const { fingerprint: agreed } = await backend.prepareRun(requestFor(subject()), never);
    const values = { word: 'other', times: 1 };
    const id = await backend.createRun(requestFor(subject(), { agreed, parameters: values }), never);
    expect((await ended(id)).state).toBe('succeeded');
    expect((await backend.prepareRun(requestFor(subject()), never)).fingerprint).toBe(agreed);
  });

  it('refuses a run that has changed since it was prepared, until it is prepared again', async () => {
    const { backend, edit, ended } = subject();
    const { fingerprint: agreed } = await backend.prepareRun(requestFor(subject()), never);
    const before = (await backend.listRuns({ size: 200 }, never)).items.length;
    await edit();
    await expect(backend.createRun(requestFor(subject(), { agreed }), never)).rejects.toMatchObject({
      kind: 'conflict',
      message: 'quick was not started: its code changed since you were asked.',
      hint: expect.stringContaining('Ask again'),
    });
    expect((await backend.listRuns({ size: 200 }, never)).items).toHaveLength(before);
    const { fingerprint } = await backend.prepareRun(requestFor(subject()), never);
    await ended(await backend.createRun(requestFor(subject(), { agreed: fingerprint }), never));
  });

  it('returns the run of a used key, whatever has changed since it was started', async () => {
    const { backend, edit, ended } = subject();
    const { fingerprint: agreed } = await backend.prepareRun(requestFor(subject()), never);
    const request = requestFor(subject(), { agreed });
    const id = await backend.createRun(request, never);
    await edit();
    expect(await backend.createRun(request, never)).toBe(id);
    await ended(id);
  });

  it('leaves no run when it is cancelled before the start', async () => {
    const { backend, pipelines: ids } = subject();
    const before = await backend.listRuns({ size: 200 }, never);
    await expect(backend.createRun(requestFor(subject()), AbortSignal.abort())).rejects.toMatchObject({
      kind: 'cancelled',
    });
    await expect(
      backend.createRun(requestFor(subject(), { pipeline: 'nope' as PipelineId }), never),
    ).rejects.toEqual(notFound);
    await expect(
      backend.createRun(requestFor(subject(), { pipeline: ids.broken }), never),
    ).rejects.toMatchObject({ kind: 'invalid' });
    expect(await backend.listRuns({ size: 200 }, never)).toEqual(before);
  });
}

function ending(subject: Subject): void {
  it('reports which task failed and why', async () => {
    const { backend, pipelines: ids, ended } = subject();
    const id = await backend.createRun(
      requestFor(subject(), { pipeline: ids.failing, parameters: { message: 'it broke' } }),
      never,
    );
    const run = await ended(id);
    expect(run.state).toBe('failed');
    expect(run.error).toMatchObject({ task: 'fail' });
    expect(run.tasks[0]).toMatchObject({
      path: 'fail',
      state: 'failed',
      error: { message: expect.stringMatching(/\S/) },
    });
    expect(run.counts).toMatchObject({ total: 1, failed: 1 });
    expect((await logOf(backend, id, 'fail')).text).toContain('about to fail');
    expect(run.tasks[0]?.error).toMatchObject({ type: 'ValueError', message: 'it broke' });
    const { line = 0, text } = run.tasks[0]?.error ?? {};
    const source = await backend.readSource?.(id, 'fail', never);
    expect(source?.split('\n')[line - 1]?.trim()).toBe(text);
    await expect(backend.readSource?.(id, 'nope', never)).rejects.toEqual(notFound);
  });

  it('stops a run, and does not delete a run before it has ended', async () => {
    const { backend, pipelines: ids, running, ended } = subject();
    const id = await backend.createRun(requestFor(subject(), { pipeline: ids.slow, parameters: {} }), never);
    expect((await running(id)).counts.running).toBeGreaterThan(0);
    await expect(backend.deleteRun(id, never)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await backend.stopRun(id, never)).toBe('requested');
    expect((await ended(id)).state).toBe('stopped');
    expect(await backend.stopRun(id, never)).toBe('alreadyEnded');
  });

  it('deletes a run for good and never reuses its id', async () => {
    const { backend, ended } = subject();
    const id = await backend.createRun(requestFor(subject()), never);
    await ended(id);
    await backend.deleteRun(id, never);
    await expect(backend.getRun(id, never)).rejects.toEqual(notFound);
    await expect(backend.deleteRun(id, never)).rejects.toEqual(notFound);
    const next = await backend.createRun(requestFor(subject()), never);
    expect(next).not.toBe(id);
    await ended(next);
  });

  it('names the folder of each run, where runs are on this machine', async () => {
    const { backend, ended } = subject();
    if (!backend.runFolder) return;
    const ids = [
      await backend.createRun(requestFor(subject()), never),
      await backend.createRun(requestFor(subject()), never),
    ];
    for (const id of ids) await ended(id);
    const folders = await Promise.all(ids.map((id) => backend.runFolder!(id)));
    expect(new Set(folders).size).toBe(2);
    expect(folders.filter((folder) => !path.isAbsolute(folder))).toEqual([]);
  });

  it('throws notFound for unknown runs', async () => {
    const { backend } = subject();
    for (const id of ['quick-99999', 'nope', '../1', ''] as RunId[]) {
      await expect(backend.getRun(id, never)).rejects.toEqual(notFound);
      await expect(backend.taskGraph(id, never)).rejects.toEqual(notFound);
      await expect(backend.stopRun(id, never)).rejects.toEqual(notFound);
      await expect(backend.deleteRun(id, never)).rejects.toEqual(notFound);
      await expect(backend.readLog(id, 'say', { limit: 1 }, never)).rejects.toEqual(notFound);
      await expect(backend.runFolder?.(id) ?? backend.getRun(id, never)).rejects.toEqual(notFound);
      await expect(backend.readSource?.(id, 'say', never) ?? backend.getRun(id, never)).rejects.toEqual(
        notFound,
      );
    }
  });

  it('reads parts of a log', async () => {
    const { backend, ended } = subject();
    const id = await backend.createRun(requestFor(subject()), never);
    await ended(id);
    const log = await logOf(backend, id, 'say');
    expect(log.size).toBe(Buffer.byteLength(log.text));
    expect((await logOf(backend, id, 'say', 4, 5)).text).toBe(log.text.slice(4, 9));
    expect(await logOf(backend, id, 'say', log.size + 10)).toEqual({ size: log.size, text: '' });
    expect(await logOf(backend, id, 'say', 0, 0)).toEqual({ size: log.size, text: '' });
    await expect(backend.readLog(id, 'nope', { limit: 1 }, never)).rejects.toEqual(notFound);
  });

  it('reads the log of one attempt', async () => {
    const { backend, ended } = subject();
    const id = await backend.createRun(requestFor(subject()), never);
    await ended(id);
    const first = await backend.readLog(id, 'say', { limit: 1, attempt: 1 }, never);
    expect(first.size).toBe((await logOf(backend, id, 'say')).size);
    await expect(backend.readLog(id, 'say', { limit: 1, attempt: 2 }, never)).rejects.toEqual(notFound);
  });
}

function watching(subject: Subject): void {
  it('reports the beginning and the end of a run until it is unsubscribed', async () => {
    const { backend, ended } = subject();
    const changes: BackendChange[] = [];
    const seenEnd = Promise.withResolvers<void>();
    const onChange = async (change: BackendChange) => {
      changes.push(change);
      const states = (await backend.listRuns({ size: 1 }, never)).items.map((run) => run.state);
      if (states[0] === 'succeeded' && change.kind === 'runs' && change.runs?.length === 1) seenEnd.resolve();
    };
    const unwatch = backend.watch((change) => void onChange(change));
    const id = await backend.createRun(requestFor(subject()), never);
    await ended(id);
    await seenEnd.promise;
    expect(changes.some((change) => change.kind === 'runs')).toBe(true);
    expect(changes.flatMap((change) => (change.kind === 'runs' ? (change.runs ?? []) : []))).toContain(id);
    unwatch();
    const heard = changes.length;
    await ended(await backend.createRun(requestFor(subject()), never));
    expect(changes).toHaveLength(heard);
  });
}

async function logOf(
  backend: PipelineBackend,
  id: RunId,
  task: string,
  offset = 0,
  limit = 1_000_000,
): Promise<{ size: number; text: string }> {
  const { size, bytes } = await backend.readLog(id, task, { offset, limit }, never);
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return { size, text: Buffer.concat(pieces).toString('utf8') };
}
