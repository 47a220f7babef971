import { beforeEach, describe, expect, test } from 'vitest';
import type { RunId } from '../../core/domain/run.ts';
import type { EndClaim } from '../../core/ports/endClaim.ts';
import { aRun, runRef } from '../../../test/fakes/aRun.ts';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { Endings } from './endings.ts';
import { WatchedRuns } from './watchedRuns.ts';

/** The claim that all windows share. */
class MemoryEndClaim implements EndClaim {
  readonly #taken = new Set<RunId>();
  readonly #watched: RunId[] = [];

  async watch(run: RunId): Promise<() => Promise<void>> {
    this.#watched.push(run);
    return async () => void this.#watched.splice(this.#watched.indexOf(run), 1);
  }

  async isWatched(run: RunId): Promise<boolean> {
    return this.#watched.includes(run);
  }

  async claim(run: RunId): Promise<boolean> {
    return !this.#taken.has(run) && this.#taken.add(run).has(run);
  }
}

const clock = new FakeClock();
let backend: FakePipelineBackend;
let claim: MemoryEndClaim;
let watched: WatchedRuns;
let announced: string[];
let seen: string[];

beforeEach(() => {
  backend = new FakePipelineBackend(clock);
  claim = new MemoryEndClaim();
  watched = new WatchedRuns();
  announced = [];
  seen = [];
});

class WindowMemory {
  runs: readonly RunId[] = [];

  get(): readonly RunId[] {
    return this.runs;
  }

  set(runs: readonly RunId[]): void {
    this.runs = runs;
  }
}

async function aWindow(
  name: string,
  focused = true,
  memory = new WindowMemory(),
  waits = watched,
): Promise<Endings> {
  const tell = (run: { id: RunId; state: string }) => void announced.push(`${name}: ${run.id} ${run.state}`);
  const see = (run: { id: RunId; state: string }) => void seen.push(`${name}: ${run.id} ${run.state}`);
  const endings = new Endings({
    backend,
    clock,
    claim,
    watched: waits,
    focused: () => focused,
    memory,
    tell,
    seen: see,
  });
  const beginning = endings.begin();
  await clock.advance(5000);
  await beginning;
  return endings;
}

function aRunningRun(id: string): RunId {
  const { endedAt: _, ...run } = aRun({ id, state: 'running' });
  return backend.addRun(run);
}

async function ends(id: RunId, ...windows: Endings[]): Promise<void> {
  backend.end(id, 'succeeded');
  const looking = windows.map((window) => window.change({ kind: 'runs', runs: [id] }));
  await clock.advance(5000);
  await Promise.all(looking);
}

describe('the end of a run', () => {
  test('is left to a window that waits for it, however busy that one is', async () => {
    const id = aRunningRun('iris-1');
    const waits = new WatchedRuns();
    const [waiting, other] = [
      await aWindow('waiting', true, new WindowMemory(), waits),
      await aWindow('other', true, new WindowMemory(), new WatchedRuns()),
    ];
    const wait = waits.watch(runRef(id));
    backend.end(id, 'succeeded');
    const looking = other.change({ kind: 'runs', runs: [id] });
    await clock.advance(4000); // the waiting window has not heard of it yet
    wait.dispose(true);
    await clock.advance(4000);
    await looking;
    await waiting.change({ kind: 'runs', runs: [id] });
    expect(announced).toEqual([]);
  });

  test('is announced by another window when the one that waits for it is gone', async () => {
    const id = aRunningRun('iris-1');
    const waits = new WatchedRuns();
    await aWindow('waiting', true, new WindowMemory(), waits);
    const other = await aWindow('other', true, new WindowMemory(), new WatchedRuns());
    waits.watch(runRef(id));
    backend.end(id, 'succeeded');
    const looking = other.change({ kind: 'runs', runs: [id] });
    await clock.advance(12_000);
    await looking;
    expect(announced).toEqual(['other: iris-1 succeeded']);
  });

  test('is announced once when the run was seen active', async () => {
    const id = aRunningRun('iris-1');
    const window = await aWindow('one');
    await ends(id, window);
    await ends(id, window);
    expect(announced).toEqual(['one: iris-1 succeeded']);
  });

  test('is announced by one window of several: the focused one', async () => {
    const id = aRunningRun('iris-1');
    const behind = await aWindow('behind', false);
    const front = await aWindow('front');
    await ends(id, behind, front);
    expect(announced).toEqual(['front: iris-1 succeeded']);
  });

  test('is seen by every window, also by those that do not announce it', async () => {
    const id = aRunningRun('iris-1');
    const window = await aWindow('one');
    const waiting = watched.watch(runRef(id));
    await ends(id, window);
    waiting.dispose();
    expect(seen).toEqual(['one: iris-1 succeeded']);
  });

  test('is announced by no window while a chat waits for it', async () => {
    const id = aRunningRun('iris-1');
    const first = await aWindow('one');
    const waiting = watched.watch(runRef(id));
    await ends(id, first);
    waiting.dispose();
    expect(await claim.claim(id)).toBe(false);
    expect(announced).toEqual([]);
  });

  test('is announced when the chat no longer waits', async () => {
    const id = aRunningRun('iris-1');
    const window = await aWindow('one');
    const [first, second] = [watched.watch(runRef(id)), watched.watch(runRef(id))];
    first.dispose();
    first.dispose();
    second.dispose();
    await ends(id, window);
    expect(announced).toEqual(['one: iris-1 succeeded']);
  });

  test('is announced after a reload when it came during the reload', async () => {
    const id = aRunningRun('iris-1');
    const memory = new WindowMemory();
    await aWindow('before', true, memory);
    expect(memory.runs).toEqual([id]);
    backend.end(id, 'succeeded');
    await aWindow('after', true, memory);
    expect(announced).toEqual(['after: iris-1 succeeded']);
    expect(memory.runs).toEqual([]);
  });

  test('is not announced when it was over before', async () => {
    const id = backend.addRun(aRun({ id: 'iris-1' }));
    const window = await aWindow('one');
    await window.change({ kind: 'runs', runs: [id] });
    await window.change({ kind: 'runs' });
    expect(announced).toEqual([]);
  });

  test('is announced for a run that this window started, even if it was never seen active', async () => {
    const window = await aWindow('one');
    const id = backend.addRun(aRun({ id: 'iris-7' }));
    watched.expectEnd(runRef(id));
    await ends(id, window);
    expect(announced).toEqual(['one: iris-7 succeeded']);
  });

  test('is noticed when a change names no run', async () => {
    const id = aRunningRun('iris-1');
    const window = await aWindow('one');
    backend.end(id, 'failed');
    const looking = window.change({ kind: 'runs' });
    await clock.advance(5000);
    await looking;
    expect(announced).toEqual(['one: iris-1 failed']);
  });

  test('is not announced for a deleted run', async () => {
    const id = aRunningRun('iris-1');
    const window = await aWindow('one');
    backend.runs.delete(id);
    await window.change({ kind: 'runs', runs: [id] });
    expect(announced).toEqual([]);
  });
});
