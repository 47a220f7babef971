import { expect, it } from 'vitest';
import type { Experiment, ExperimentId } from '../../src/core/domain/experiment.ts';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import type { PipelineVersion } from '../../src/core/domain/pipelineVersion.ts';
import { isActive, type RunId } from '../../src/core/domain/run.ts';
import type { Experiments } from '../../src/core/ports/experiments.ts';
import type { PipelineLibrary } from '../../src/core/ports/pipelineLibrary.ts';
import type { BackendSubject } from './pipelineBackend.ts';
import { requestFor } from './runLists.ts';
import { schedulesContract } from './schedules.ts';

type Subject = () => BackendSubject;

const never = new AbortController().signal;
const notFound = expect.objectContaining({ name: 'MlopsError', kind: 'notFound' });
const conflict = expect.objectContaining({ name: 'MlopsError', kind: 'conflict' });

/** What a backend does that keeps pipelines, versions and experiments, and whose runs can go on and be archived. */
export function keptPipelines(subject: Subject): void {
  uploads(subject);
  versions(subject);
  experiments(subject);
  runsOfExperiments(subject);
  runsThatGoOn(subject);
  pages(subject);
  schedulesContract(subject);
}

/** What a backend lacks whose pipelines are those of the workspace alone. */
export function keepsNothing(subject: Subject): void {
  it('keeps no pipelines, experiments or schedules, and its runs are run again instead of going on', () => {
    const { backend } = subject();
    const members = ['library', 'experiments', 'schedules', 'retryRun', 'archiveRun', 'pageOf'] as const;
    for (const member of members) expect(backend[member]).toBeUndefined();
  });
}

const libraryOf = (subject: Subject) => subject().backend.library as PipelineLibrary;
const experimentsOf = (subject: Subject) => subject().backend.experiments as Experiments;

function uploads(subject: Subject): void {
  it('uploads a pipeline as a new one, which can be described and run, and deletes it', async () => {
    const { backend, given, ended } = subject();
    const library = libraryOf(subject);
    expect(await library.named('fresh', never)).toBeUndefined();
    const made = await library.upload({ pipeline: given.pipeline.id, given, name: 'fresh' }, never);
    expect(await library.named('fresh', never)).toBe(made.pipeline);
    const pipeline = await backend.getPipeline(made.pipeline, never);
    expect(pipeline.parameters.map(({ name }) => name)).toEqual(['word']);
    const request = requestFor(subject(), { pipeline: made.pipeline, parameters: { word: 'hi' } });
    const run = await ended(await backend.createRun(request, never));
    expect(run.pipeline).toMatchObject({ id: made.pipeline, name: 'fresh' });
    await backend.deleteRun(run.id, never);
    await library.delete(made.pipeline, never);
    expect(await library.named('fresh', never)).toBeUndefined();
    await expect(library.delete(made.pipeline, never)).rejects.toEqual(notFound);
  });

  it('refuses a name that is taken, a pipeline that changed since it was agreed to, and one that is not compiled', async () => {
    const { backend, given } = subject();
    const library = libraryOf(subject);
    const pipeline = given.pipeline.id;
    const { fingerprint: agreed } = await backend.prepareRun(
      requestFor(subject(), { pipeline, given }),
      never,
    );
    const made = await library.upload({ pipeline, given, name: 'once', agreed }, never);
    await expect(library.upload({ pipeline, given, name: 'once' }, never)).rejects.toEqual(conflict);
    const { specification } = given;
    const spec = { ...specification.spec, root: { ...specification.spec.root } };
    const other = {
      ...given,
      pipeline: { ...given.pipeline, description: 'Other.' },
      specification: { ...specification, spec, json: { ...specification.json, more: 1 } },
    };
    const changed = library.upload({ pipeline, given: other, name: 'twice', agreed }, never);
    await expect(changed).rejects.toEqual(conflict);
    const outline = { kind: 'uncompiled', pipeline: given.pipeline } as const;
    await expect(library.upload({ pipeline, given: outline, name: 'twice' }, never)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    expect(await library.named('twice', never)).toBeUndefined();
    await library.delete(made.pipeline, never);
  });
}

function versions(subject: Subject): void {
  it('keeps versions, counted from the oldest, and runs the one that is meant', async () => {
    const { backend, given, ended } = subject();
    const library = libraryOf(subject);
    const { id } = given.pipeline;
    const { pipeline, name } = await library.upload({ pipeline: id, given, name: 'grown' }, never);
    const second = await library.upload({ pipeline: id, given, into: pipeline, name: 'v2' }, never);
    expect(second).toMatchObject({ pipeline, name: 'v2', number: 2 });
    const taken = library.upload({ pipeline: id, given, into: pipeline, name: 'v2' }, never);
    await expect(taken).rejects.toEqual(conflict);
    const { items, total } = await library.versions(pipeline, {}, never);
    expect(items.map((one) => one.number)).toEqual([2, 1]);
    expect(items.map((one) => one.name).toSorted()).toEqual([name, 'v2'].toSorted());
    expect(total).toBe(2);
    expect(await pagedVersions(library, pipeline)).toEqual(items);
    await expect(library.versions(pipeline, { page: 'nonsense' }, never)).rejects.toMatchObject({
      kind: 'invalid',
    });
    expect(await backend.getPipeline(second.id, never)).toMatchObject({ name: 'grown', version: 'v2' });
    const request = requestFor(subject(), { pipeline: second.id });
    const run = await ended(await backend.createRun(request, never));
    expect(run.pipeline).toMatchObject({ id: pipeline, name: 'grown' });
    await backend.deleteRun(run.id, never);
    await library.delete(second.id, never);
    expect((await library.versions(pipeline, {}, never)).items.map((one) => one.name)).toEqual([name]);
    await expect(backend.getPipeline(second.id, never)).rejects.toEqual(notFound);
    await library.delete(pipeline, never);
    await expect(library.versions(pipeline, {}, never)).rejects.toEqual(notFound);
  });
}

function experiments(subject: Subject): void {
  it('makes, lists, archives and deletes experiments', async () => {
    const list = experimentsOf(subject);
    const made = await list.create('Depth study', never);
    expect(made).toMatchObject({ name: 'Depth study', archived: false });
    expect(await list.get(made.id, never)).toEqual(made);
    await expect(list.create('Depth study', never)).rejects.toEqual(conflict);
    expect((await list.list({ text: 'depth' }, never)).items).toEqual([made]);
    const all = (await list.list({}, never)).items;
    expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['Default', 'Depth study']));
    expect(await pagedExperiments(list)).toEqual(all);
    await list.archive(made.id, true, never);
    expect((await list.list({ text: 'depth' }, never)).items).toEqual([]);
    const archived = (await list.list({ archived: true }, never)).items;
    expect(archived.map(({ id }) => id)).toEqual([made.id]);
    await list.archive(made.id, false, never);
    expect((await list.list({ text: 'depth' }, never)).items).toEqual([made]);
    await list.delete(made.id, never);
    await expect(list.get(made.id, never)).rejects.toEqual(notFound);
    await expect(list.archive(made.id, true, never)).rejects.toEqual(notFound);
    await expect(list.delete('nope' as ExperimentId, never)).rejects.toEqual(notFound);
  });
}

function runsOfExperiments(subject: Subject): void {
  it('runs into an experiment, and lists its runs', async () => {
    const { backend, ended } = subject();
    const list = experimentsOf(subject);
    const { id: experiment } = await list.create('Words', never);
    const run = await ended(await backend.createRun(requestFor(subject(), { experiment }), never));
    expect(run.experiment).toBe('Words');
    const other = await ended(await backend.createRun(requestFor(subject()), never));
    expect(other.experiment).toBe('Default');
    expect((await backend.listRuns({ experiment }, never)).items.map(({ id }) => id)).toEqual([run.id]);
    for (const { id } of [run, other]) await backend.deleteRun(id, never);
    await list.delete(experiment, never);
  });
}

function runsThatGoOn(subject: Subject): void {
  it('lets a run go on that was stopped, and no other', async () => {
    const { backend, pipelines, running, ended } = subject();
    const request = requestFor(subject(), { pipeline: pipelines.slow, parameters: {} });
    const { id } = await running(await backend.createRun(request, never));
    const stop = async () => {
      await backend.stopRun(id, never);
      return (await ended(id)).state;
    };
    expect(await stop()).toBe('stopped');
    await backend.retryRun?.(id, never);
    expect(isActive((await backend.getRun(id, never)).state)).toBe(true);
    await expect(backend.retryRun?.(id, never)).rejects.toEqual(conflict);
    expect(await stop()).toBe('stopped');
    await backend.deleteRun(id, never);
    const good = await ended(await backend.createRun(requestFor(subject()), never));
    await expect(backend.retryRun?.(good.id, never)).rejects.toEqual(conflict);
    await backend.deleteRun(good.id, never);
    await expect(backend.retryRun?.('nope' as RunId, never)).rejects.toEqual(notFound);
  });

  it('archives a run, which lists leave out until it is brought back', async () => {
    const { backend, ended } = subject();
    const { id } = await ended(await backend.createRun(requestFor(subject()), never));
    const listed = async (archived: boolean) =>
      (await backend.listRuns({ size: 200, archived }, never)).items.some((run) => run.id === id);
    await backend.archiveRun?.(id, true, never);
    expect([await listed(false), await listed(true)]).toEqual([false, true]);
    expect((await backend.getRun(id, never)).archived).toBe(true);
    await backend.archiveRun?.(id, false, never);
    expect([await listed(false), await listed(true)]).toEqual([true, false]);
    expect((await backend.getRun(id, never)).archived).toBeUndefined();
    await expect(backend.archiveRun?.('nope' as RunId, true, never)).rejects.toEqual(notFound);
    await backend.deleteRun(id, never);
  });
}

function pages(subject: Subject): void {
  it('has a page for a run, a pipeline and an experiment', () => {
    const { backend } = subject();
    for (const kind of ['run', 'pipeline', 'experiment'] as const)
      expect(new URL(backend.pageOf?.({ kind, id: 'some-id' }) ?? '').href).toContain('some-id');
  });
}

async function pagedVersions(library: PipelineLibrary, id: PipelineId): Promise<readonly PipelineVersion[]> {
  return paged((page) => library.versions(id, { size: 1, ...page }, never));
}

async function pagedExperiments(list: Experiments): Promise<readonly Experiment[]> {
  return paged((page) => list.list({ size: 1, ...page }, never));
}

async function paged<T>(
  read: (page: {
    readonly page?: string;
  }) => Promise<{ readonly items: readonly T[]; readonly next?: string }>,
): Promise<readonly T[]> {
  const items: T[] = [];
  let next: string | undefined;
  do {
    const page = await read(next === undefined ? {} : { page: next });
    items.push(...page.items);
    next = page.next;
  } while (next !== undefined);
  return items;
}
