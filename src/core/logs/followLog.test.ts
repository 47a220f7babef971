import { beforeEach, describe, expect, test } from 'vitest';
import type { RunId } from '../domain/run.ts';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { endedBytes, followedBytes, FollowedTask } from './followLog.ts';

const never = new AbortController().signal;
const run = 'iris-12' as RunId;
let backend: FakePipelineBackend;
let log: FollowedTask;

beforeEach(() => {
  backend = new FakePipelineBackend();
  const { endedAt: _, ...running } = aRun({
    state: 'running',
    tasks: [aTask({ state: 'running', retries: 2 })],
  });
  backend.addRun(running);
  log = new FollowedTask(backend, run, 'train');
});

function taskEnds(): void {
  backend.changeTask(run, { path: 'train', state: 'succeeded' });
  log.runChanged();
}

async function shown(): Promise<string> {
  await log.read(never);
  return log.text;
}

describe('a followed log', () => {
  test('shows what is printed, and says when there is nothing yet', async () => {
    expect(await shown()).toBe('[train has printed nothing yet.]\n');
    backend.print(run, 'train', 'one\n');
    expect(await shown()).toBe('one\n');
    backend.print(run, 'train', 'two\nthr');
    expect(await shown()).toBe('one\ntwo\nthr');
    expect(await log.read(never)).toBe(false);
  });

  test('hides the secrets of its run, even half-printed ones, and keeps the line numbers', async () => {
    backend.change(run, { parameters: { password: 'hunter2-Zx9' } });
    backend.print(run, 'train', 'as hunter2-Zx9\ntoken: x\nagain hunter');
    expect(await shown()).toBe('as ••••\ntoken: x\nagain ••••');
    backend.print(run, 'train', '2-Zx9 it is\n');
    expect(await shown()).toBe('as ••••\ntoken: x\nagain •••• it is\n');
    expect(log.lineAt({ attempt: 1, offset: 24 })).toBe(2);
  });

  test('hides secrets in the error of its task', async () => {
    const error = { kind: 'user', type: 'ValueError', message: 'no postgres://bob:swordfish@db' };
    backend.changeTask(run, { path: 'train', state: 'failed', error });
    log.runChanged();
    expect(await shown()).toContain('ValueError: no postgres://bob:••••@db');
  });

  test('reads each byte once', async () => {
    backend.print(run, 'train', 'x'.repeat(1000));
    await log.read(never);
    await log.read(never);
    expect(backend.bytesRead).toBe(1000);
  });

  test('shows a character only when all its bytes are there', async () => {
    const bytes = Buffer.from('café');
    backend.readLog = async (_run, _task, { offset = 0 }) => ({
      size: 4,
      bytes: (async function* () {
        yield bytes.subarray(offset, 4);
      })(),
    });
    expect(await shown()).toBe('caf');
  });

  test('keeps the newest lines within its size limit and says what is left out', async () => {
    const line = `${'x'.repeat(99)}\n`;
    backend.print(run, 'train', line.repeat(1000));
    await log.read(never);
    backend.print(run, 'train', line.repeat(200));
    const [first, ...lines] = (await shown()).trimEnd().split('\n');
    expect(first).toBe('[The first 10 kB of 120 kB are left out: "Whole log" opens all of it.]');
    expect(lines).toHaveLength(1100);
    expect(new Set(lines)).toEqual(new Set(['x'.repeat(99)]));
  });

  test('reads only the end of what was printed since the last read', async () => {
    await log.read(never);
    backend.print(run, 'train', 'a line\n'.repeat(1_000_000));
    expect((await shown()).length).toBeLessThan(followedBytes + 100);
    expect(backend.bytesRead).toBe(followedBytes);
  });

  test('starts over when the log is replaced', async () => {
    backend.print(run, 'train', 'a first log, which is long\n');
    await log.read(never);
    backend.setLog(run, 'train', 'another\n');
    expect(await shown()).toBe('another\n');
  });
});

describe('a followed log whose task ended', () => {
  test('ends with a line that says how the task ended, and then how the run did', async () => {
    backend.print(run, 'train', 'done');
    await log.read(never);
    expect([log.ended, log.over]).toEqual([false, false]);
    taskEnds();
    expect(await shown()).toBe('done\n[train succeeded in 2 s; iris-12 goes on.]\n');
    expect([log.ended, log.over]).toEqual([true, false]);
    backend.end(run, 'failed');
    log.runChanged();
    expect(await log.read(never)).toBe(true);
    expect(log.text).toBe('done\n[train succeeded in 2 s; iris-12 failed.]\n');
    expect(log.over).toBe(true);
  });

  test('shows more of a long log than before', async () => {
    backend.print(run, 'train', 'a line of the log\n'.repeat(100_000));
    expect((await shown()).length).toBeLessThan(followedBytes + 100);
    taskEnds();
    const text = await shown();
    expect(text.length).toBeGreaterThan(endedBytes - 100);
    expect(text).toMatch(/^\[The first 800 kB of 1.8 MB are left out: .*\]\na line of the log\n/);
  });
});

describe('a followed log of a task that is retried', () => {
  test('continues with the next attempt and keeps the end of the one before', async () => {
    backend.print(run, 'train', 'first\n');
    await log.read(never);
    backend.print(run, 'train', 'it broke\n');
    backend.changeTask(run, { path: 'train', attempts: 2 });
    backend.print(run, 'train', 'second\n');
    log.runChanged();
    expect(await shown()).toBe('first\nit broke\n[Attempt 2 begins.]\nsecond\n');
    backend.print(run, 'train', 'and on\n');
    expect(await shown()).toBe('first\nit broke\n[Attempt 2 begins.]\nsecond\nand on\n');
  });

  test('begins with the last attempt when it is opened later', async () => {
    backend.print(run, 'train', 'first\n');
    backend.changeTask(run, { path: 'train', attempts: 2 });
    backend.print(run, 'train', 'second\n');
    expect(await shown()).toBe('second\n');
  });
});

describe('the line of a byte offset', () => {
  const lineAt = (offset: number) => log.lineAt({ attempt: 1, offset });

  test('is its number in the text shown', async () => {
    backend.print(run, 'train', 'one\ntwo\nthree\n');
    await log.read(never);
    expect([0, 4, 9, 14].map(lineAt)).toEqual([0, 1, 2, undefined]);
  });

  test('is undefined where the line is left out', async () => {
    backend.print(run, 'train', `${'x'.repeat(99)}\n`.repeat(3000));
    await log.read(never);
    expect([189_900, 190_100, 299_900].map(lineAt)).toEqual([undefined, 1, 1099]);
  });

  test('is undefined in an attempt that is not shown', async () => {
    backend.changeTask(run, { path: 'train', attempts: 2 });
    backend.print(run, 'train', 'one\n');
    await log.read(never);
    expect([1, 2, 3].map((attempt) => log.lineAt({ attempt, offset: 0 }))).toEqual([undefined, 0, undefined]);
  });
});
