import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../../test/fakes/fakeClock.ts';
import type { PipelineId } from '../../../core/domain/pipeline.ts';
import type { RunQuery } from '../../../core/ports/pipelineBackend.ts';
import { homeAt, type Home } from '../home.ts';
import { findRuns, listRuns } from './listRuns.ts';
import { RunReader } from './readRun.ts';

const never = new AbortController().signal;
let root: string;
let home: Home;
let reader: RunReader;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'mlops-runs-'));
  home = homeAt(root);
  await mkdir(home.runs);
  reader = new RunReader(home, new FakeClock());
  await write('iris', 1, { accuracy: 0.7 });
  await write('nightly-ingest', 2, {}, 'failed');
  await write('iris', 3, { accuracy: 0.9, loss: 'NaN' });
  await write('iris', 4, {});
  await write('digits', 5, { Accuracy: 0.8 });
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** A run that was created `number` seconds after 1970. */
async function write(name: string, number: number, metrics: object, state = 'succeeded'): Promise<void> {
  const task = {
    ...{ path: 'train', name: 'train', kind: 'task', state, attempt: 1, inputs: {}, outputs: {} },
    metrics: { metrics },
  };
  const run = {
    ...{ schema: 1, seq: 3, id: `${name}-${number}`, number, name: `${name}-${number}`, state },
    ...{ createdAt: number * 1000, startedAt: 1, endedAt: 2, arguments: {}, tasks: [task] },
    pipeline: { id: name, name },
  };
  await mkdir(home.run(number));
  await writeFile(path.join(home.run(number), 'run.json'), JSON.stringify(run));
}

const page = (query: RunQuery) => listRuns(home, reader, query, never);
const listed = async (query: RunQuery) => (await page(query)).items.map(({ number }) => number);
const of = (...names: readonly string[]) => names as readonly PipelineId[];

it.each<[string, RunQuery, readonly number[]]>([
  ['the newest first', {}, [5, 4, 3, 2, 1]],
  ['the oldest first', { order: 'oldest' }, [1, 2, 3, 4, 5]],
  [
    'the highest first, those without it last',
    { order: { metric: 'accuracy', first: 'highest' } },
    [3, 5, 1, 4, 2],
  ],
  ['the lowest first', { order: { metric: 'train/accuracy', first: 'lowest' } }, [1, 5, 3, 4, 2]],
  ['those since a time', { since: 3000 }, [5, 4, 3]],
  ['those before a time', { until: 3000 }, [2, 1]],
  ['those of several pipelines', { pipeline: of('digits', 'nightly-ingest') }, [5, 2]],
])('lists %s', async (_, query, numbers) => {
  expect(await listed(query)).toEqual(numbers);
});

it('counts what fits where it is asked to, in any page', async () => {
  const query = { pipeline: of('iris'), size: 1 };
  expect((await page(query)).total).toBeUndefined();
  const first = await page({ ...query, counted: true });
  expect(first.total).toBe(3);
  const { next = '' } = first;
  expect(await page({ ...query, counted: true, page: next })).toMatchObject({
    total: 3,
    items: [{ number: 3 }],
  });
});

it('finds a run by the words of its pipeline in any order, and never by a part of its label', async () => {
  const found = async (text: string) =>
    (await findRuns(home, reader, text, never)).map(({ number }) => number);
  expect(await found('Nightly ingest')).toEqual([2]);
  expect(await found('ingest nightly')).toEqual([2]);
  expect(await found('nightly ingest 2')).toEqual([2]);
  expect(await found('iris-9')).toEqual([]);
});
