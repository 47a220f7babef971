import type { RunId } from '../domain/run.ts';

/** Decides which window announces the end of a run, so that only one does. */
export interface EndClaim {
  /** True for the one caller, over all windows, that may announce the end of this run; false for a run that is gone. */
  claim(run: RunId): Promise<boolean>;
}
