import type { RunId } from '../../core/domain/run.ts';

const watched = new Map<RunId, number>();
const expected = new Set<RunId>();

/** Says that someone waits for this run and will tell of its end, so that no notification does. */
export function watching(run: RunId): { dispose(): void } {
  watched.set(run, (watched.get(run) ?? 0) + 1);
  let over = false;
  return {
    dispose() {
      if (over) return;
      over = true;
      const left = (watched.get(run) ?? 1) - 1;
      if (left > 0) watched.set(run, left);
      else watched.delete(run);
    },
  };
}

/** True while someone in this window waits for the run. */
export function isWatched(run: RunId): boolean {
  return watched.has(run);
}

/** Says that this window began a run: its end is told even when the run is over before it was seen active. */
export function expectEnd(run: RunId): void {
  expected.add(run);
}

/** True once for a run that this window began. */
export function takeExpected(run: RunId): boolean {
  return expected.delete(run);
}
