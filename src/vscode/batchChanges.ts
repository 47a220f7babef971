import type { RunId } from '../core/domain/run.ts';
import type { BackendChange, Compiled } from '../core/ports/pipelineBackend.ts';
import { coalesced } from './coalesce.ts';

/** Most changed runs that are read one by one; with more everything is read again. */
const mostChanges = 20;

/** A change of a list. */
export type ListChange = Exclude<BackendChange, Compiled>;

/** Reads again what changed. */
export interface ChangeReader {
  everything(): Promise<void>;
  runs(ids: readonly RunId[]): Promise<void>;
}

/**
 * Batches changes: `reader` reads what they name; those that arrive during a read are read together after it. Resolves when all
 * is read; throws what the reader throws.
 */
export function batchChanges(reader: ChangeReader): (change: ListChange) => Promise<void> {
  let pending = new Set<RunId>();
  let all = false;
  const read = coalesced(async () => {
    const [everything, runs] = [all || pending.size > mostChanges, [...pending]];
    pending = new Set();
    all = false;
    if (everything) await reader.everything();
    else await reader.runs(runs);
  });
  return (change) => {
    if (change.kind === 'runs' && change.runs !== undefined) change.runs.forEach((run) => pending.add(run));
    else all = true;
    return read();
  };
}
