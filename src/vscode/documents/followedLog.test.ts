import { beforeEach, describe, expect, test } from 'vitest';
import type { RunId } from '../../core/domain/run.ts';
import { aRun, aTask, runRef } from '../../../test/fakes/aRun.ts';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { FollowedLog } from './followedLog.ts';

const run = 'iris-12' as RunId;
let clock: FakeClock;
let backend: FakePipelineBackend;
let visible: boolean;
/** What the window was given, and who watched the run. */
let shows: string[];
let watches: string[];
let log: FollowedLog;

beforeEach(async () => {
  clock = new FakeClock();
  backend = new FakePipelineBackend(clock);
  visible = true;
  shows = [];
  watches = [];
  const { endedAt: _, ...running } = aRun({ state: 'running', tasks: [aTask({ state: 'running' })] });
  backend.addRun(running);
  log = new FollowedLog(runRef(run), 'train', {
    backend,
    clock,
    visible: () => visible,
    show: async (changed) => void shows.push(changed ? await log.text() : 'the end'),
    onState: () => undefined,
    watching: ({ id }) => {
      watches.push(`watch ${id}`);
      return { dispose: (ended = false) => void watches.push(ended ? 'saw the end' : 'left') };
    },
  });
  backend.watch((change) => void (change.kind === 'runs' && log.runChanged()));
  backend.print(run, 'train', 'one\n');
  await log.text();
  log.appeared();
  await clock.advance(1000);
});

const print = async (text: string) => {
  backend.print(run, 'train', text);
  await clock.advance(1000);
};

async function taskEnds(): Promise<void> {
  backend.changeTask(run, { path: 'train', state: 'succeeded' });
  await clock.advance(1000);
}

describe('a followed log in sight', () => {
  test('shows its end, then new lines, and reads nothing while nothing changes', async () => {
    expect(shows).toEqual(['the end']);
    await print('two\n');
    await clock.advance(10_000);
    expect(shows).toEqual(['the end', 'one\ntwo\n']);
  });

  test('shows a flood of lines in steps', async () => {
    for (let step = 0; step < 100; step += 1) {
      backend.print(run, 'train', 'a line of the log\n'.repeat(100));
      await clock.advance(10);
    }
    expect(shows.length).toBeLessThanOrEqual(6);
    expect(shows.length).toBeGreaterThan(3);
  });

  test('is no longer read once it and its run have ended', async () => {
    await taskEnds();
    expect(log.state).toBe('following');
    backend.end(run, 'succeeded');
    await clock.advance(1000);
    expect(shows.at(-1)).toContain('[train succeeded in 2 s; iris-12 succeeded.]');
    expect([log.state, clock.waiting]).toEqual(['ended', 0]);
  });

  test('pauses between the end of its task and the end of the run', async () => {
    await taskEnds();
    const read = backend.bytesRead;
    await print('too late\n');
    expect([backend.bytesRead, clock.waiting]).toEqual([read, 0]);
  });

  test('says why it cannot be read, and continues when it can', async () => {
    const gone = backend.runs.get(run);
    backend.runs.delete(run);
    log.runChanged();
    await clock.advance(1000);
    expect(shows.at(-1)).toContain('There is no run iris-12');
    if (gone !== undefined) backend.runs.set(run, gone);
    log.runChanged();
    await clock.advance(1000);
    expect(shows.at(-1)).toBe('one\n');
  });
});

describe('a followed log out of sight', () => {
  test('is not read', async () => {
    visible = false;
    log.wake();
    await clock.advance(1000);
    const read = backend.bytesRead;
    await print('two\n');
    backend.changeTask(run, { path: 'train', displayName: 'Train' });
    await clock.advance(10_000);
    expect([backend.bytesRead, clock.waiting]).toEqual([read, 0]);
    visible = true;
    log.appeared();
    await clock.advance(1000);
    expect(shows.at(-1)).toBe('one\ntwo\n');
  });
});

describe('a paused log', () => {
  test('stays unchanged until its end is requested', async () => {
    log.scrolled({ first: 80, last: 100, lines: 101, version: 2 });
    log.scrolled({ first: 60, last: 80, lines: 101, version: 2 });
    expect(log.state).toBe('paused');
    await clock.advance(1000);
    await print('two\n');
    expect(shows).toEqual(['the end']);
    log.cursorAt(100, 101);
    await clock.advance(1000);
    expect(shows.at(-1)).toBe('one\ntwo\n');
    expect(log.state).toBe('following');
  });

  test('shows its end when it is resumed', async () => {
    log.pause();
    await clock.advance(1000);
    log.resume();
    await clock.advance(1000);
    expect(shows).toEqual(['the end', 'the end']);
  });
});

describe('following a log', () => {
  test('counts as watching the run to its end', async () => {
    await taskEnds();
    expect(watches).toEqual(['watch iris-12']);
    backend.end(run, 'failed');
    await clock.advance(1000);
    expect(watches).toEqual(['watch iris-12', 'saw the end']);
  });

  test.each([
    ['pauses', () => log.pause()],
    ['closes it', () => log.close()],
    [
      'looks elsewhere',
      () => {
        visible = false;
        log.wake();
      },
    ],
  ])('no longer counts as watching when the person %s', async (_, leave) => {
    leave();
    await clock.advance(1000);
    backend.end(run, 'succeeded');
    await clock.advance(1000);
    expect(watches).toEqual(['watch iris-12', 'left']);
  });

  test('does not count as watching a run that ended long ago', async () => {
    backend.addRun(aRun({ id: 'iris-3', tasks: [aTask()] }));
    const old = new FollowedLog(runRef('iris-3'), 'train', {
      backend,
      clock,
      visible: () => true,
      show: async () => undefined,
      onState: () => undefined,
      watching: () => expect.unreachable(),
    });
    await old.text();
    old.appeared();
    await clock.advance(1000);
    expect(old.state).toBe('ended');
  });
});
