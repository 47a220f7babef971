import type { RunId } from '../../core/domain/run.ts';

const watched = new Map<RunId, number>();
const told = new Set<RunId>();
const expected = new Set<RunId>();
const listeners = new Set<(run: RunId) => void>();

/** Says that someone waits for this run and will tell of its end, so that no notification does. */
export function watching(run: RunId): { dispose(ended?: boolean): void } {
  watched.set(run, (watched.get(run) ?? 0) + 1);
  let over = false;
  return {
    /** `ended`: the wait saw the end and tells it, even if a notification comes to know of it only later. */
    dispose(ended = false) {
      if (over) return;
      over = true;
      if (ended) told.add(run);
      const left = (watched.get(run) ?? 1) - 1;
      if (left > 0) watched.set(run, left);
      else watched.delete(run);
    },
  };
}

/** True when someone in this window waits for the run or has told of its end. */
export function isWatched(run: RunId): boolean {
  return watched.has(run) || told.has(run);
}

/** Says that this window began a run: its end is told even when the run is over before it was seen active. */
export function expectEnd(run: RunId): void {
  expected.add(run);
  for (const listener of listeners) listener(run);
}

/** Calls back for each run that this window begins, until the returned function is called. */
export function onExpected(listener: (run: RunId) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True once for a run that this window began. */
export function takeExpected(run: RunId): boolean {
  return expected.delete(run);
}
