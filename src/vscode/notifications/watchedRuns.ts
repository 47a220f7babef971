import type { RunId } from '../../core/domain/run.ts';

/** The runs of which somebody in this window sees or has to see the end. */
export class WatchedRuns {
  readonly #watched = new Map<RunId, number>();
  readonly #told = new Set<RunId>();
  readonly #expected = new Set<RunId>();
  readonly #listeners = new Set<(run: RunId) => void>();

  /** Says that someone waits for this run and will tell of its end, so that no notification does. */
  watch(run: RunId): { dispose(ended?: boolean): void } {
    this.#watched.set(run, (this.#watched.get(run) ?? 0) + 1);
    let over = false;
    return {
      /** `ended`: the wait saw the end and tells it, even if a notification comes to know of it only later. */
      dispose: (ended = false) => {
        if (over) return;
        over = true;
        this.#leave(run, ended);
      },
    };
  }

  /** True when someone in this window waits for the run or has told of its end. */
  isWatched(run: RunId): boolean {
    return this.#watched.has(run) || this.#told.has(run);
  }

  /** Says that this window began a run: its end is told even when the run is over before it was seen active. */
  expectEnd(run: RunId): void {
    this.#expected.add(run);
    for (const listener of this.#listeners) listener(run);
  }

  /** Calls back for each run that this window begins, until the returned function is called. */
  onExpected(listener: (run: RunId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** True once for a run that this window began. */
  takeExpected(run: RunId): boolean {
    return this.#expected.delete(run);
  }

  #leave(run: RunId, ended: boolean): void {
    if (ended) this.#told.add(run);
    const left = (this.#watched.get(run) ?? 1) - 1;
    if (left > 0) this.#watched.set(run, left);
    else this.#watched.delete(run);
  }
}
