import { runKey, type RunRef } from '../../core/domain/run.ts';

/** The runs of which somebody in this window sees or has to see the end. */
export class WatchedRuns {
  readonly #watched = new Map<string, number>();
  readonly #told = new Set<string>();
  readonly #expected = new Set<string>();
  readonly #listeners = new Set<(run: RunRef) => void>();

  /** Says that someone waits for this run and will tell of its end, so that no notification does. */
  watch(run: RunRef): { dispose(ended?: boolean): void } {
    const key = runKey(run);
    this.#watched.set(key, (this.#watched.get(key) ?? 0) + 1);
    let over = false;
    return {
      /** `ended`: the wait saw the end and tells it, even if a notification comes to know of it only later. */
      dispose: (ended = false) => {
        if (over) return;
        over = true;
        this.#leave(key, ended);
      },
    };
  }

  /** True when someone in this window waits for the run or has told of its end. */
  isWatched(run: RunRef): boolean {
    const key = runKey(run);
    return this.#watched.has(key) || this.#told.has(key);
  }

  /** Says that this window began a run: its end is told even when the run is over before it was seen active. */
  expectEnd(run: RunRef): void {
    this.#expected.add(runKey(run));
    for (const listener of this.#listeners) listener(run);
  }

  /** Calls back for each run that this window begins, until the returned function is called. */
  onExpected(listener: (run: RunRef) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** True once for a run that this window began. */
  takeExpected(run: RunRef): boolean {
    return this.#expected.delete(runKey(run));
  }

  #leave(run: string, ended: boolean): void {
    if (ended) this.#told.add(run);
    const left = (this.#watched.get(run) ?? 1) - 1;
    if (left > 0) this.#watched.set(run, left);
    else this.#watched.delete(run);
  }
}
