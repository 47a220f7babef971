import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, statfsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import { isActive, type RunId } from '../../src/core/domain/run.ts';
import type { RunRequest } from '../../src/core/ports/pipelineBackend.ts';
import { resolveRun } from '../../src/core/runs/findRun.ts';
import {
  localMachine,
  logText,
  never,
  repository,
  runEnded,
  startRun,
  type LocalMachine,
} from './localMachine.ts';
import { gone, pidsIn, runnerPid, until } from './localPids.ts';

const contract = path.join(repository, 'test', 'contract', 'pipelines');
const own = path.join(repository, 'test', 'conformance', 'pipelines');
const quick = 'pipelines/quick.yaml';
/** Both folders have the same name, so their labels are by it; the second one's files have other names. */
const folders = [contract, own];

let machine: LocalMachine;
beforeAll(async () => {
  machine = await localMachine(folders);
});
afterAll(() => machine.remove());

const numberOf = (id: RunId) => Number(id.split('-').at(-1));
const folderOf = (id: RunId) => path.join(machine.home, 'runs', String(numberOf(id)));

describe('the cache', () => {
  it('supplies unchanged tasks from an earlier run unless caching is off', async () => {
    const { backend } = machine;
    const parameters = { word: 'cached' };
    const first = await runEnded(backend, await startRun(backend, quick, parameters));
    const second = await runEnded(backend, await startRun(backend, quick, parameters));
    expect(first.tasks.map((task) => task.cachedFrom?.id)).toEqual([undefined, undefined]);
    expect(second.tasks.map((task) => task.cachedFrom?.id)).toEqual([first.id, first.id]);
    expect(second).toMatchObject({
      state: 'succeeded',
      outputs: first.outputs,
      counts: { succeeded: 2, cached: 2 },
    });
    expect(second.metrics).toEqual(first.metrics);
    expect(await logText(backend, second.id, 'say')).toContain('say cached');
    const anew = await runEnded(backend, await startRun(backend, quick, parameters, { cache: false }));
    expect(anew.counts).toMatchObject({ succeeded: 2, cached: 0 });
    const other = await runEnded(backend, await startRun(backend, quick, { word: 'other' }));
    expect(other.counts.cached).toBe(0);
  });

  it('is foretold: a run of which nothing changed is named before the next one', async () => {
    const { backend } = machine;
    const parameters = { word: 'foretold' };
    const unchanged = async (wish: Partial<RunRequest> = {}) => {
      const request = { pipeline: quick as PipelineId, parameters, cache: true, idempotencyKey: 'none' };
      return (await backend.prepareRun({ ...request, ...wish }, never)).unchanged;
    };
    expect(await unchanged()).toBeUndefined();
    const first = await runEnded(backend, await startRun(backend, quick, parameters));
    expect(await unchanged()).toBe(first.id);
    expect(await unchanged({ parameters: { word: 'other words' } })).toBeUndefined();
    expect(await unchanged({ cache: false })).toBeUndefined();
    const [report] = first.tasks.flatMap((task) => task.artifacts).filter(({ object }) => object);
    await rm(path.join(machine.home, 'objects', 'artifacts', report?.object?.key ?? ''));
    expect(await unchanged()).toBeUndefined();
  });

  it('keeps the outputs of a deleted run', async () => {
    const { backend } = machine;
    const first = await runEnded(backend, await startRun(backend, quick, { word: 'kept' }));
    await backend.deleteRun(first.id, never);
    const second = await runEnded(backend, await startRun(backend, quick, { word: 'kept' }));
    expect(second.counts).toMatchObject({ succeeded: 2, cached: 2 });
    const [report] = second.tasks
      .flatMap((task) => task.artifacts)
      .filter((artifact) => artifact.name === 'report');
    expect(report?.type).toBe('Dataset');
    expect(report?.object?.bucket).toBe('artifacts');
    expect(
      await readFile(path.join(machine.home, 'objects', 'artifacts', report?.object?.key ?? ''), 'utf8'),
    ).toBe('kept');
  });
});

describe('scheduling', () => {
  it('runs independent tasks side by side, up to the limit', async () => {
    const { backend, settings } = machine;
    const millisecondsOf = async (parallelism: number) => {
      settings.parallelism = parallelism;
      const id = await startRun(backend, 'pipelines/abreast.yaml', { seconds: 1.5 }, { cache: false });
      const { tasks } = await runEnded(backend, id);
      const begin = Math.min(...tasks.map((task) => task.startedAt ?? Infinity));
      return Math.max(...tasks.map((task) => task.endedAt ?? 0)) - begin;
    };
    const [abreast, inTurn] = [await millisecondsOf(4), await millisecondsOf(1)];
    settings.parallelism = 2;
    expect(inTurn / abreast).toBeGreaterThan(1.8);
  });
});

describe('the end of a run', () => {
  it('leaves no task when the run is stopped, from any window', async () => {
    const { backend } = machine;
    const folder = await mkdtemp(path.join(machine.home, 'pids-'));
    const id = await startRun(backend, 'pipelines/slow.yaml', { folder });
    await pidsIn(folder);
    const other = machine.anotherWindow();
    expect(await other.stopRun(id, never)).toBe('requested');
    const run = await runEnded(other, id);
    expect(run.state).toBe('stopped');
    expect(run.tasks.map((task) => `${task.path} ${task.state}`).toSorted()).toEqual([
      'say stopped',
      'sleep stopped',
      'sleep-2 stopped',
    ]);
    await gone(await pidsIn(folder));
  });

  it('is an interruption when the runner is killed, and no task is left', async () => {
    const { backend } = machine;
    const folder = await mkdtemp(path.join(machine.home, 'pids-'));
    const id = await startRun(backend, 'pipelines/slow.yaml', { folder });
    const pids = await pidsIn(folder);
    process.kill(await runnerPid(folderOf(id)), 'SIGKILL');
    const run = await runEnded(backend, id);
    expect(run.state).toBe('interrupted');
    expect(run.error).toMatchObject({ kind: 'interrupted', hint: expect.stringContaining('Run it again') });
    expect(run.tasks.filter((task) => task.state === 'running')).toEqual([]);
    await gone(pids);
    expect(await backend.stopRun(id, never)).toBe('alreadyEnded');
    await backend.deleteRun(id, never);
    expect(existsSync(folderOf(id))).toBe(false);
  });

  it('is an interruption after a restart, whichever process has the runner’s pid now', async () => {
    const { backend } = machine;
    const ended = await runEnded(backend, await startRun(backend, quick, { word: 'boot' }));
    const record = JSON.parse(await readFile(path.join(folderOf(ended.id), 'run.json'), 'utf8')) as object;
    const runner = JSON.parse(await readFile(path.join(folderOf(ended.id), 'runner.json'), 'utf8')) as object;
    const running = { ...record, state: 'running', endedAt: null };
    const write = async (number: number, identity: object) => {
      const folder = path.join(machine.home, 'runs', String(number));
      await mkdir(folder, { recursive: true });
      await writeFile(
        path.join(folder, 'run.json'),
        JSON.stringify({ ...running, id: `quick-${number}`, number }),
      );
      await writeFile(path.join(folder, 'runner.json'), JSON.stringify({ ...runner, ...identity }));
      await writeFile(path.join(folder, 'runner.lock'), '');
      const state = (await backend.getRun(`quick-${number}` as RunId, never)).state;
      await backend.deleteRun(`quick-${number}` as RunId, never).catch(() => undefined);
      return state;
    };
    const me = { pid: process.pid, startTime: await startTimeOf(process.pid) };
    expect(await write(9001, { ...me, bootId: 'another-boot' })).toBe('interrupted');
    expect(await write(9002, { ...me, startTime: 1 })).toBe('interrupted');
    expect(await write(9003, { pid: 2 ** 22 + 1 })).toBe('interrupted');
    expect(await write(9004, me)).toBe('running');
    await rm(path.join(machine.home, 'runs', '9004'), { recursive: true });
  });
});

describe('the start of a run', () => {
  it('makes one run for one key, even from two windows at once', async () => {
    const { backend } = machine;
    const other = machine.anotherWindow();
    const key = crypto.randomUUID();
    const start = (window: typeof backend) => startRun(window, quick, { word: 'once' }, { key });
    const ids = await Promise.all([start(backend), start(other), start(backend), start(other)]);
    expect(new Set(ids).size).toBe(1);
    const listed = await backend.listRuns({ size: 200 }, never);
    expect(listed.items.filter((run) => run.parameters['word'] === 'once')).toHaveLength(1);
    await Promise.all(ids.map((id) => runEnded(backend, id)));
  });

  it('leaves neither a run nor a process when it is cancelled before the id is known', async () => {
    const { backend } = machine;
    const before = await entries();
    const keys: string[] = [];
    for (const ms of [0, 5, 20, 60, 100]) {
      const abort = new AbortController();
      const key = crypto.randomUUID();
      const more = { key, signal: abort.signal, cache: false };
      const started = startRun(backend, quick, { word: 'never' }, more);
      setTimeout(() => abort.abort(), ms);
      const id = await started.catch(() => undefined);
      if (id === undefined) continue;
      // It was sooner: then it goes on, and its key stays taken.
      await runEnded(backend, id);
      await backend.deleteRun(id, never);
      keys.push(path.join('.keys', createHash('sha256').update(key).digest('hex')));
    }
    expect(await entries()).toEqual([...before, ...keys].toSorted());
  });

  it('reports what a runner said that ended at once, and keeps nothing of the run', async () => {
    const before = await entries();
    const broken = path.join(machine.home, 'broken-runner');
    await mkdir(broken, { recursive: true });
    for (const name of ['probe_python.py', 'find_pipelines.py']) {
      await writeFile(
        path.join(broken, name),
        await readFile(path.join(repository, 'resources/python/mlops_runner', name)),
      );
    }
    await writeFile(path.join(broken, '__main__.py'), "import sys\nsys.exit('the runner is not well')\n");
    const other = await localMachine(folders, { home: machine.home, runnerPackage: broken });
    await expect(startRun(other.backend, quick, { word: 'x' })).rejects.toMatchObject({
      kind: 'internal',
      message: expect.stringContaining('the runner is not well'),
    });
    expect(await entries()).toEqual(before);
    await other.remove();
  });

  it('gives each run a number of its own, even when many start at once', async () => {
    const { backend } = machine;
    const ids = await Promise.all(
      Array.from({ length: 5 }, (_, n) => startRun(backend, quick, { word: `many ${n}` })),
    );
    expect(new Set(ids.map(numberOf)).size).toBe(5);
    await Promise.all(ids.map((id) => runEnded(backend, id)));
    const newest = ids.toSorted((a, b) => numberOf(b) - numberOf(a))[0];
    await backend.deleteRun(newest as RunId, never);
    const next = await startRun(backend, quick, { word: 'next' });
    expect(numberOf(next)).toBeGreaterThan(Math.max(...ids.map(numberOf)));
    await runEnded(backend, next);
  });
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0;

describe.skipIf(!canMount)('starting a run on a full disk', () => {
  it('says that the disk is full, and leaves nothing of the run', async () => {
    const disk = await mkdtemp(path.join(tmpdir(), 'mlops-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'none', disk]);
    try {
      const home = path.join(disk, 'home');
      const small = await localMachine(folders, { home });
      for (const left of [40, 8, 0]) {
        await rm(path.join(disk, 'fill'), { force: true });
        await writeFile(path.join(disk, 'fill'), Buffer.alloc(freeBytes(disk) - left * 1024));
        await expect(startRun(small.backend, quick, { word: 'x' })).rejects.toMatchObject({
          message: expect.stringContaining('the disk is full'),
          hint: expect.stringContaining('mlops.local.home'),
        });
        const names = existsSync(path.join(home, 'runs'))
          ? await readdir(path.join(home, 'runs'), { recursive: true })
          : [];
        expect(names.filter((name) => name !== '.last' && name !== '.keys')).toEqual([]);
      }
      await small.remove();
    } finally {
      execFileSync('umount', ['-l', disk]);
      await rm(disk, { recursive: true, force: true });
    }
  });
});

describe('the name of a run', () => {
  it('may contain any characters, like that of a pipeline', async () => {
    const { backend } = machine;
    const name = `it's "the" run/../\\ — ünïcode 日本`;
    const id = await startRun(backend, 'pipelines/odd.yaml', { text: `'"$(rm -rf /)\n../` }, { name });
    expect(id).toMatch(/^[a-z0-9-]{1,40}$/);
    const run = await runEnded(backend, id);
    expect(run).toMatchObject({ state: 'succeeded', name, pipeline: { name: 'It\'s "a/b\\c" ../..' } });
    expect(run.tasks[0]?.outputs).toEqual({ Output: `'"$(rm -rf /)\n../` });
    expect(await resolveRun(backend, name.toUpperCase(), never)).toBe(id);
  });
});

describe('the list of runs', () => {
  it('shows a run with a damaged record as interrupted, beside all others', async () => {
    const { backend } = machine;
    const good = await runEnded(backend, await startRun(backend, quick, { word: 'neighbour' }));
    const bad = await runEnded(
      backend,
      await startRun(backend, quick, { word: 'damaged' }, { name: 'to be damaged' }),
    );
    await gone([await runnerPid(folderOf(bad.id))]);
    const file = path.join(folderOf(bad.id), 'run.json');
    const record = await readFile(file, 'utf8');
    const damages: [string, RegExp][] = [
      [record.slice(0, 100), /its run\.json is damaged/],
      ['', /its run\.json is damaged/],
      [record.replace('"schema": 1', '"schema": 99').replace('"schema":1', '"schema":99'), /another version/],
      [JSON.stringify({ ...(JSON.parse(record) as object), tasks: 'none' }), /damaged \(tasks\)/],
    ];
    for (const [text, why] of damages) {
      await writeFile(file, text);
      const { items } = await backend.listRuns({ size: 200 }, never);
      const shown = items.find((run) => run.id === bad.id);
      expect(shown).toMatchObject({
        state: 'interrupted',
        name: 'to be damaged',
        error: { message: expect.stringMatching(why) },
      });
      expect(items.map((run) => run.id)).toContain(good.id);
    }
    expect(await backend.getRun(bad.id, never)).toMatchObject({ state: 'interrupted', tasks: [] });
    await backend.deleteRun(bad.id, never);
  });

  it('has a thousand runs quickly, and faster the second time', async () => {
    const many = await localMachine(folders);
    const first = await runEnded(many.backend, await startRun(many.backend, quick, { word: 'first' }));
    const record = JSON.parse(
      await readFile(path.join(many.home, 'runs', '1', 'run.json'), 'utf8'),
    ) as object;
    await Promise.all(
      Array.from({ length: 1000 }, async (_, index) => {
        const folder = path.join(many.home, 'runs', String(index + 2));
        await mkdir(folder);
        await writeFile(
          path.join(folder, 'run.json'),
          JSON.stringify({ ...record, id: `quick-${index + 2}`, number: index + 2 }),
        );
      }),
    );
    const time = async () => {
      const before = performance.now();
      expect(await resolveRun(many.backend, first.id, never)).toBe(first.id);
      return performance.now() - before;
    };
    const [cold, warm] = [await time(), await time()];
    expect(warm).toBeLessThan(cold);
    expect(warm).toBeLessThan(1500);
    await many.remove();
  });
});

describe('watching runs', () => {
  it('sees runs of other windows and runs that were active before, and is idle when none is', async () => {
    const { backend } = machine;
    const other = machine.anotherWindow();
    const seen = new Set<string>();
    const id = await startRun(backend, 'pipelines/abreast.yaml', { seconds: 0.5 }, { cache: false });
    const unwatch = other.watch((change) => {
      if (change.kind === 'runs') for (const run of change.runs ?? []) seen.add(run);
    });
    const second = await startRun(backend, 'pipelines/abreast.yaml', { seconds: 0.3 }, { cache: false });
    await Promise.all([runEnded(backend, id), runEnded(backend, second)]);
    await until(async () =>
      (await readdir(path.join(machine.home, 'runs'))).every((name) => !name.startsWith('.active')),
    );
    expect([...seen].toSorted()).toEqual([id, second].toSorted());
    unwatch();
    expect(machine.files.listeners).toBe(0);
  });
});

it('the suite leaves no active run and no runner', async () => {
  const { items } = await machine.backend.listRuns({ size: 200 }, never);
  expect(items.filter((run) => isActive(run.state)).map((run) => run.id)).toEqual([]);
  expect(await machine.backend.getPipeline(quick as PipelineId, never)).toMatchObject({ name: 'quick' });
});

/** What stands in the folder of runs, without what says which number comes next. */
async function entries(): Promise<readonly string[]> {
  await mkdir(path.join(machine.home, 'runs', '.keys'), { recursive: true });
  const names = await readdir(path.join(machine.home, 'runs'), { recursive: true });
  return names.filter((name) => name !== '.last').toSorted();
}

async function startTimeOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1');
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[19]);
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
