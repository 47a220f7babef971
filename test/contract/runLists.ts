import { expect, it } from 'vitest';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import type { Run, RunId, RunSummary } from '../../src/core/domain/run.ts';
import type { PipelineBackend, RunQuery, RunRequest } from '../../src/core/ports/pipelineBackend.ts';

/** A backend with runs of these pipelines: `quick` measures the length of its words, one run of `failing` failed, one of `slow` was stopped. */
interface ListSubject {
  readonly backend: PipelineBackend;
  readonly pipelines: { readonly [name in 'quick' | 'slow' | 'failing']: PipelineId };
  readonly ended: (id: RunId) => Promise<Run>;
}

const never = new AbortController().signal;

/** A request to run the quick pipeline, unless `more` says otherwise. */
export function requestFor(
  { pipelines }: Pick<ListSubject, 'pipelines'>,
  more: Partial<RunRequest> = {},
): RunRequest {
  const parameters = { word: 'hello' };
  return {
    pipeline: pipelines.quick,
    parameters,
    cache: false,
    idempotencyKey: crypto.randomUUID(),
    ...more,
  };
}

/** How a backend lists and finds its runs. */
export function runLists(subject: () => ListSubject): void {
  inPages(subject);
  filtered(subject);
  ordered(subject);
}

function inPages(subject: () => ListSubject): void {
  it('lists runs, newest first, in pages', async () => {
    const { backend } = subject();
    const { items, next } = await backend.listRuns({ size: 200 }, never);
    expect(next).toBeUndefined();
    expect(items.map((run) => run.createdAt)).toEqual(
      items.map((run) => run.createdAt).toSorted((a, b) => b - a),
    );
    expect(await paged(backend, {})).toEqual(items.map((run) => run.id));
    await expect(backend.listRuns({ page: 'nonsense' }, never)).rejects.toMatchObject({ kind: 'invalid' });
  });
}

function filtered(subject: () => ListSubject): void {
  it('lists the runs of a pipeline and the runs in given states', async () => {
    const { backend, pipelines: ids } = subject();
    const failing = await backend.listRuns({ pipeline: ids.failing }, never);
    expect(failing.items.map((run) => run.pipeline.id)).toEqual([ids.failing]);
    const some = await backend.listRuns({ states: ['stopped', 'failed'] }, never);
    expect(some.items.map((run) => run.state).toSorted()).toEqual(['failed', 'stopped']);
    expect((await backend.listRuns({ pipeline: ids.failing, states: ['stopped'] }, never)).items).toEqual([]);
    expect((await backend.listRuns({ pipeline: 'nope' as PipelineId }, never)).items).toEqual([]);
    const both = await backend.listRuns({ pipeline: [ids.failing, ids.slow] }, never);
    expect(new Set(both.items.map((run) => run.pipeline.id))).toEqual(new Set([ids.failing, ids.slow]));
    expect((await backend.listRuns({ pipeline: [] }, never)).items).toEqual([]);
  });

  it('lists the runs of a time', async () => {
    const { backend } = subject();
    const { items } = await backend.listRuns({ size: 200 }, never);
    const { createdAt } = items[1] as RunSummary;
    const idsOf = (runs: readonly RunSummary[]) => runs.map(({ id }) => id);
    const listed = async (query: RunQuery) =>
      idsOf((await backend.listRuns({ size: 200, ...query }, never)).items);
    expect(await listed({ since: createdAt })).toEqual(
      idsOf(items.filter((run) => run.createdAt >= createdAt)),
    );
    expect(await listed({ until: createdAt })).toEqual(
      idsOf(items.filter((run) => run.createdAt < createdAt)),
    );
    expect(await listed({ since: createdAt, until: createdAt })).toEqual([]);
  });
}

function ordered(subject: () => ListSubject): void {
  it('lists the oldest runs first, and runs by a metric, in pages', async () => {
    const { backend, ended } = subject();
    const long = requestFor(subject(), { parameters: { word: 'a longer word' } });
    const longest = await ended(await backend.createRun(long, never));
    const newest = (await backend.listRuns({ size: 200 }, never)).items.map(({ id }) => id);
    expect(await paged(backend, { order: 'oldest' })).toEqual(newest.toReversed());
    const highest = await paged(backend, { order: { metric: 'Length', first: 'highest' } });
    expect(highest.toSorted()).toEqual(newest.toSorted());
    expect(highest[0]).toBe(longest.id);
    const lengths = await Promise.all(
      highest.map(async (id) => (await backend.getRun(id, never)).metrics[0]?.value),
    );
    expect(lengths.filter((length) => length !== undefined).length).toBeGreaterThan(1);
    // Those without the metric come last, and equal ones are newest first.
    const order = (index: number) => [-Number(lengths[index] ?? -1), newest.indexOf(highest[index] as RunId)];
    const places = highest.map((_, index) => order(index) as [number, number]);
    expect(places).toEqual(places.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
    const lowest = await paged(backend, { order: { metric: 'length', first: 'lowest' } });
    expect(lowest.indexOf(longest.id)).toBe(lengths.filter((length) => length !== undefined).length - 1);
    const all = await backend.listRuns({ size: 200, withMetrics: true }, never);
    expect(all.items.find(({ id }) => id === longest.id)?.metrics).toEqual(longest.metrics);
    await backend.deleteRun(longest.id, never);
  });

  it('counts the runs of a filter when it is asked to', async () => {
    const { backend, pipelines: ids } = subject();
    const all = (await backend.listRuns({ size: 200, pipeline: ids.quick }, never)).items.length;
    const first = await backend.listRuns({ size: 1, pipeline: ids.quick, counted: true }, never);
    expect(first).toMatchObject({ total: all });
    expect(first.items).toHaveLength(1);
  });

  it('finds runs by some words of their name, but never by a part of a label', async () => {
    const { backend, ended } = subject();
    const request = requestFor(subject(), { name: 'Nightly ingest, deep trees' });
    const run = await ended(await backend.createRun(request, never));
    for (const text of ['nightly-ingest', 'deep nightly'])
      expect((await backend.findRuns(text, never)).map(({ id }) => id)).toEqual([run.id]);
    await backend.deleteRun(run.id, never);
    expect(await backend.findRuns(run.id, never)).toEqual([]);
  });
}

/** The ids of all runs that fit a query, read in pages of two. */
async function paged(backend: PipelineBackend, query: RunQuery): Promise<readonly RunId[]> {
  const ids: RunId[] = [];
  let page: string | undefined;
  do {
    const listed = await backend.listRuns(
      { ...query, size: 2, ...(page === undefined ? {} : { page }) },
      never,
    );
    ids.push(...listed.items.map((run) => run.id));
    page = listed.next;
  } while (page !== undefined);
  return ids;
}
