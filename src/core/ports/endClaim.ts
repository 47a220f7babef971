import type { RunId } from '../domain/run.ts';

/** Decides which window announces the end of a run, so that only one does. */
export interface EndClaim {
  /** True for the one caller, over all windows, that may announce the end of this run; false for a run that is gone. */
  claim(run: RunId): Promise<boolean>;
  /** Tells all windows that this one waits for the run and will see its end, until the returned function is called. */
  watch(run: RunId): Promise<() => Promise<void>>;
  /** True while a window waits for the run. A window that crashed may count for good, so a wait for it needs a bound. */
  isWatched(run: RunId): Promise<boolean>;
}
