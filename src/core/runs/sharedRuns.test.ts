import { beforeEach, expect, test } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import type { Run, RunId } from '../domain/run.ts';
import type { BackendChange, PipelineBackend } from '../ports/pipelineBackend.ts';
import { sharedRuns } from './sharedRuns.ts';

const never = new AbortController().signal;
const clock = new FakeClock();
let runs: FakePipelineBackend;
let shared: PipelineBackend;
let reads: number;
let id: RunId;

beforeEach(() => {
  runs = new FakePipelineBackend(clock);
  reads = 0;
  const getRun = runs.getRun.bind(runs);
  runs.getRun = (...asked) => {
    reads += 1;
    return getRun(...asked);
  };
  id = runs.addRun(aRun({ id: 'iris-1', state: 'running' }));
  shared = sharedRuns(runs, clock).backend;
});

test('a changed run is read once for all callers', async () => {
  const seen: Promise<unknown>[] = [];
  for (let listener = 0; listener < 4; listener += 1) shared.watch(() => seen.push(shared.getRun(id, never)));
  runs.change(id, { state: 'stopping' });
  expect(await Promise.all(seen)).toHaveLength(4);
  expect(await shared.getRun(id, never)).toMatchObject({ state: 'stopping' });
  expect(reads).toBe(1);
});

test('a run is read again after a change, after stopping it, and after a second', async () => {
  await shared.getRun(id, never);
  runs.change(id, { name: 'other' });
  expect(await shared.getRun(id, never)).toMatchObject({ name: 'other' });
  await shared.stopRun(id, never);
  expect(await shared.getRun(id, never)).toMatchObject({ state: 'stopping' });
  expect(reads).toBe(3);
  await clock.advance(1000);
  await shared.getRun(id, never);
  expect(reads).toBe(4);
});

test('one caller cancelling does not affect the others, and a failed read is repeated', async () => {
  const left = new AbortController();
  const answered = Promise.withResolvers<void>();
  const getRun = runs.getRun.bind(runs);
  runs.getRun = async (...asked) => {
    await answered.promise;
    return getRun(...asked);
  };
  const leaving = shared.getRun(id, left.signal);
  const staying = shared.getRun(id, never);
  left.abort();
  await expect(leaving).rejects.toMatchObject({ kind: 'cancelled' });
  answered.resolve();
  expect(await staying).toMatchObject({ id });
  const gone = 'gone-9' as RunId;
  await expect(shared.getRun(gone, never)).rejects.toMatchObject({ kind: 'notFound' });
  runs.addRun(aRun({ id: gone }));
  expect(await shared.getRun(gone, never)).toMatchObject({ id: gone });
});

test('all watchers share one watch, which drops what was read before it notifies them', async () => {
  let tell: (change: BackendChange) => void = () => undefined;
  let watches = 0;
  runs.watch = (listener) => {
    watches += 1;
    tell = listener;
    return () => undefined;
  };
  const { backend } = sharedRuns(runs, clock);
  const seen: Promise<Run>[] = [];
  const stop = backend.watch(() => seen.push(backend.getRun(id, never)));
  backend.watch(() => undefined);
  await backend.getRun(id, never);
  runs.change(id, { state: 'stopping' });
  tell({ kind: 'runs', runs: [id] });
  stop();
  tell({ kind: 'runs', runs: [id] });
  expect(await Promise.all(seen)).toMatchObject([{ state: 'stopping' }]);
  expect(watches).toBe(1);
});
