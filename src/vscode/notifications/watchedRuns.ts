import { runKey, type RunRef } from '../../core/domain/run.ts';

/** Called when the first wait for a run begins; the returned function, when the last one is over: `ended` if one saw the end. */
export type WatchListener = (run: RunRef) => (ended: boolean) => void;

interface Watch {
  waits: number;
  readonly over: readonly ReturnType<WatchListener>[];
}

/** The runs whose end somebody in this window sees, or has to be told. */
export class WatchedRuns {
  readonly #watched = new Map<string, Watch>();
  readonly #watchers = new Set<WatchListener>();
  readonly #told = new Set<string>();
  readonly #expected = new Set<string>();
  readonly #listeners = new Set<(run: RunRef) => void>();

  /** Notes that somebody waits for this run and will see its end, so that no notification is needed. */
  watch(run: RunRef): { dispose(ended?: boolean): void } {
    const key = runKey(run);
    const watch = this.#watched.get(key);
    if (watch === undefined)
      this.#watched.set(key, { waits: 1, over: [...this.#watchers].map((listener) => listener(run)) });
    else watch.waits += 1;
    let over = false;
    return {
      /** `ended`: the wait saw the end, which suppresses a later notification, too. */
      dispose: (ended = false) => {
        if (over) return;
        over = true;
        this.#leave(key, ended);
      },
    };
  }

  /** True when somebody in this window waits for the run or has seen its end. */
  isWatched(run: RunRef): boolean {
    const key = runKey(run);
    return this.#watched.has(key) || this.#told.has(key);
  }

  /** Notes that this window started a run: its end is announced even when it ends before it was seen active. */
  expectEnd(run: RunRef): void {
    this.#expected.add(runKey(run));
    for (const listener of this.#listeners) listener(run);
  }

  /** Calls back for each run that this window waits for, until the returned function is called. */
  onWatched(listener: WatchListener): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  /** Calls back for each run that this window starts, until the returned function is called. */
  onExpected(listener: (run: RunRef) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** True once for a run that this window started. */
  takeExpected(run: RunRef): boolean {
    return this.#expected.delete(runKey(run));
  }

  #leave(run: string, ended: boolean): void {
    if (ended) this.#told.add(run);
    const watch = this.#watched.get(run);
    if (watch === undefined) return;
    watch.waits -= 1;
    if (watch.waits > 0) return;
    this.#watched.delete(run);
    for (const over of watch.over) over(this.#told.has(run));
  }
}
