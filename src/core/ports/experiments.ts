import type { Experiment, ExperimentId } from '../domain/experiment.ts';
import type { Page, PageQuery } from '../domain/page.ts';

/** The experiments that a connection keeps. Every method throws MlopsError, as those of the backend do. */
export interface Experiments {
  /** The newest first. `text`: only those whose name contains it, in any case. Archived ones only where they are asked for, and then alone. */
  list(
    query: PageQuery & { readonly text?: string; readonly archived?: boolean },
    signal: AbortSignal,
  ): Promise<Page<Experiment>>;
  get(id: ExperimentId, signal: AbortSignal): Promise<Experiment>;
  /** Throws conflict when the name is taken. */
  create(name: string, signal: AbortSignal): Promise<Experiment>;
  /** Archives it with its runs, or brings it back without them. */
  archive(id: ExperimentId, archived: boolean, signal: AbortSignal): Promise<void>;
  /** Its runs stay. */
  delete(id: ExperimentId, signal: AbortSignal): Promise<void>;
}
