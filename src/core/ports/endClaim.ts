import type { RunId } from '../domain/run.ts';

/** Which window of the editor tells that a run ended, so that people hear it once. */
export interface EndClaim {
  /** True for the one caller, over all windows, who may tell of this run's end. A run that is gone: false. */
  claim(run: RunId): Promise<boolean>;
}
