import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../test/fakes/fakeClock.ts';
import { MemoryEnvironments } from '../../../../test/fakes/memoryEnvironments.ts';
import { homeAt, type Home } from '../home.ts';
import { RunReader } from '../runs/readRun.ts';
import { LocalSpace } from './localSpace.ts';

const never = new AbortController().signal;
const posix = process.platform !== 'win32';
const hour = 3_600_000;
let home: Home;
let clock: FakeClock;
let environments: MemoryEnvironments;
let space: LocalSpace;

beforeEach(async () => {
  home = homeAt(await mkdtemp(path.join(tmpdir(), 'mlops-space-')));
  await mkdir(home.keys, { recursive: true });
  clock = new FakeClock(Date.now());
  environments = new MemoryEnvironments();
  space = new LocalSpace({ home, reader: new RunReader(home, clock), environments, clock });
});
afterEach(() => rm(home.root, { recursive: true, force: true }));

async function write(file: string, text: string, ageMs = hour): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  const time = (clock.now() - ageMs) / 1000;
  await utimes(file, time, time);
  return file;
}

/** A run that has ended, or goes on as long as this process does, and what its record names. */
async function run(number: number, named: readonly string[] = [], state = 'succeeded'): Promise<void> {
  const pipeline = { id: 'iris', name: 'iris' };
  const head = { id: `iris-${number}`, number, name: 'iris', createdAt: 1, pipeline, arguments: {} };
  const artifacts = named.map((uri) => ({ name: 'model', type: 'system.Model', uri }));
  const task = { path: 'train', name: 'train', kind: 'task', state: 'succeeded', artifacts };
  const record = { ...head, schema: 1, seq: 1, state, tasks: [task] };
  const me = { pid: process.pid, startTime: null, bootId: null };
  await write(path.join(home.run(number), 'request.json'), JSON.stringify(head));
  await write(path.join(home.run(number), 'run.json'), JSON.stringify(record));
  await write(path.join(home.run(number), 'runner.json'), JSON.stringify(me));
  if (state === 'running') await write(home.activeMarker(number), '');
}

const output = (...parts: readonly string[]) => path.join(home.objects, 'artifacts', 'iris', ...parts);

/** What may be freed, by kind and name. */
async function offered(): Promise<readonly string[]> {
  const { items } = await space.leftovers(never);
  return items.map(({ kind, id }) => `${kind} ${path.isAbsolute(id) ? path.relative(home.root, id) : id}`);
}

describe('LocalSpace.measure', () => {
  it('counts the bytes of each part of the home', async () => {
    await write(path.join(home.run(1), 'runner.log'), 'x'.repeat(10));
    await write(path.join(home.objects, 'data', 'a.csv'), 'x'.repeat(20));
    expect(await space.measure('runs', never)).toEqual({ bytes: 10, complete: true });
    expect(await space.measure('objects', never)).toEqual({ bytes: 20, complete: true });
  });

  it.runIf(posix)('names a folder that cannot be read, as the search for leftovers does', async () => {
    await symlink('objects', home.objects);
    expect(await space.measure('objects', never)).toEqual({
      bytes: 0,
      complete: false,
      unreadable: [home.objects],
    });
    environments.add({ id: 'unused' });
    const { items, unreadable } = await space.leftovers(never);
    expect(items.map(({ id }) => id)).toEqual(['unused']);
    expect(unreadable).toEqual([path.join(home.objects, 'artifacts')]);
  });

  it('stops counting when the signal aborts', async () => {
    await expect(space.measure('runs', AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('leftovers', () => {
  it('include the outputs of stopped tasks, with their sizes', async () => {
    const kept = await write(output('iris-1', 'train', 'b', 'model'), 'x');
    await write(output('iris-1', 'train', 'a', 'model'), 'x'.repeat(30));
    await run(1, [kept], 'stopped');
    const { items } = await space.leftovers(never);
    const id = output('iris-1', 'train', 'a');
    expect(items).toEqual([{ kind: 'output', id, size: { bytes: 30, complete: true } }]);
    expect(await space.free(items, never)).toEqual({ items, kept: [] });
    expect(await readdir(output('iris-1', 'train'))).toEqual(['b']);
  });

  it('include nothing of a run that is active, damaged or gone', async () => {
    for (const id of ['iris-1', 'iris-2', 'iris-3']) await write(output(id, 'train', 'a', 'model'), 'x');
    await run(1, [], 'running');
    await run(2);
    await write(path.join(home.run(2), 'run.json'), '[');
    expect(await offered()).toEqual([]);
  });

  it('include nothing that the cache or an active run names, even by the path from before the home was moved', async () => {
    for (const attempt of ['a', 'b']) await write(output('iris-1', 'train', attempt, 'model'), 'x');
    await run(1);
    await run(2, [output('iris-1', 'train', 'a', 'model')], 'running');
    const uri = '/before/objects/artifacts/iris/iris-1/train/b/model';
    const entry = { run: 'iris-1', artifacts: { model: [{ uri }] } };
    await write(path.join(home.root, 'cache', 'k', 'entry.json'), JSON.stringify(entry));
    expect(await offered()).toEqual([]);
  });

  it.each([['iris-1'], ['iris-1', 'train'], ['iris-1', 'train', 'a']])(
    'include nothing in a folder that a run names: %s %s %s',
    async (...parts) => {
      await write(output('iris-1', 'train', 'a', 'model'), 'x');
      await run(1, [output(...parts)]);
      expect(await offered()).toEqual([]);
    },
  );

  it('include old keys of runs that are gone', async () => {
    await run(2);
    await write(path.join(home.keys, 'gone'), 'iris-1', 25 * hour);
    await write(path.join(home.keys, 'young'), 'iris-1');
    await write(path.join(home.keys, 'there'), 'iris-2', 25 * hour);
    expect(await offered()).toEqual(['key runs/.keys/gone']);
  });

  it('include environments that are unfinished or that no run uses', async () => {
    await run(1);
    environments.add({ id: 'used', usedBy: { runs: [], count: 1 } });
    environments.add({ id: 'unused' });
    environments.add({ id: 'compiles', purpose: 'compiling' });
    environments.add({ id: 'half', state: 'unfinished' });
    expect(await offered()).toEqual(['environment unused', 'environment half']);
  });

  it('include no finished environment while a run that may use it is being created', async () => {
    environments.add({ id: 'unused' });
    await mkdir(home.run(1));
    expect(await offered()).toEqual([]);
  });

  it('are kept when they are in use by the time they would be freed', async () => {
    environments.add({ id: 'half', state: 'unfinished' });
    environments.add({ id: 'unused' });
    const { items } = await space.leftovers(never);
    environments.inUse.add('half');
    await mkdir(home.run(1));
    const { items: freed, kept } = await space.free(items, never);
    expect(freed).toEqual([]);
    expect(kept.map(({ leftover, why }) => [leftover.id, why])).toEqual([
      ['unused', 'it is in use, or gone'],
      ['half', 'The environment half is in use.'],
    ]);
    expect(existsSync(home.run(1))).toBe(true);
  });
});
