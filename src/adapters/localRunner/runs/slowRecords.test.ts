import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../test/fakes/fakeClock.ts';
import { readBounded } from '../../node/files.ts';
import { homeAt, type Home } from '../home.ts';
import { RunReader } from './readRun.ts';
import { listRuns } from './listRuns.ts';

const never = new AbortController().signal;
let home: Home;
let clock: FakeClock;
let reader: RunReader;
/** What a slow file waits for, the names of those that are, and which were asked. */
let answer: PromiseWithResolvers<void>;
let slow: readonly string[];
let asked: string[];

async function read(file: string, limit: number): Promise<string | undefined> {
  const name = path.relative(home.runs, file);
  if (slow.includes(name)) {
    asked.push(name);
    await answer.promise;
  }
  return readBounded(file, limit);
}

beforeEach(async () => {
  home = homeAt(await mkdtemp(path.join(tmpdir(), 'mlops-slow-')));
  clock = new FakeClock();
  reader = new RunReader(home, clock, read);
  answer = Promise.withResolvers();
  asked = [];
  for (const number of [1, 2, 3]) {
    const pipeline = { id: 'iris', name: 'iris' };
    const head = { id: `iris-${number}`, number, name: 'iris', createdAt: 1, pipeline, arguments: {} };
    const record = { ...head, schema: 1, seq: 1, state: 'succeeded', tasks: [] };
    await mkdir(home.run(number), { recursive: true });
    await writeFile(path.join(home.run(number), 'request.json'), JSON.stringify(head));
    await writeFile(path.join(home.run(number), 'run.json'), JSON.stringify(record));
  }
});
afterEach(() => rm(home.root, { recursive: true, force: true }));

const list = (signal = never) => listRuns(home, reader, {}, signal);
const listed = async (listing = list()) =>
  (await listing).items.map(({ id, state, error }) => [id, error?.message ?? state]);
const late = 'The run cannot be shown: its run.json did not answer within 5 s.';

describe('a run record that never finishes reading', () => {
  it('is listed as not answering after its deadline, beside all other runs', async () => {
    slow = [path.join('2', 'run.json')];
    const listing = list();
    await expect.poll(() => asked).toHaveLength(1);
    await clock.advance(5000);
    expect(await listed(listing)).toEqual([
      ['iris-3', 'succeeded'],
      ['iris-2', late],
      ['iris-1', 'succeeded'],
    ]);
    expect(clock.waiting).toBe(0);
  });

  it('is not requested or waited for again until it answers', async () => {
    slow = [path.join('2', 'run.json')];
    const listing = list();
    await expect.poll(() => asked).toHaveLength(1);
    await clock.advance(5000);
    await listing;
    expect((await listed())[1]).toEqual(['iris-2', late]);
    expect(asked).toHaveLength(1);
    slow = [];
    answer.resolve();
    await expect.poll(async () => (await listed())[1]).toEqual(['iris-2', 'succeeded']);
  });

  it('is listed by its number when nothing in its folder answers', async () => {
    slow = [path.join('2', 'run.json'), path.join('2', 'request.json')];
    const listing = list();
    await expect.poll(() => asked).toHaveLength(1);
    await clock.advance(5000);
    await expect.poll(() => asked).toHaveLength(2);
    await clock.advance(1000);
    expect((await listed(listing))[1]).toEqual(['run-2', late]);
  });

  it('is not waited for once listing is cancelled', async () => {
    slow = [path.join('2', 'run.json')];
    const cancel = new AbortController();
    const listing = list(cancel.signal);
    await expect.poll(() => asked).toHaveLength(1);
    cancel.abort();
    await expect(listing).rejects.toMatchObject({ kind: 'cancelled' });
    expect(clock.waiting).toBe(0);
  });
});
