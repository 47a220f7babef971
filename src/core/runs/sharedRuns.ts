import type { Run, RunId } from '../domain/run.ts';
import type { Clock } from '../ports/clock.ts';
import { unlessAborted } from '../ports/mlopsError.ts';
import { overriding } from '../ports/overriding.ts';
import type { BackendChange, PipelineBackend } from '../ports/pipelineBackend.ts';

/** How long a run that was read is reused, in milliseconds, unless a change is reported. */
const freshMs = 500;
const mostKept = 50;

interface Reading {
  readonly run: Promise<Run>;
  readonly readAt: number;
}

/**
 * The same backend, which reads a changed run once for all that ask: the tree, the code, notifications and
 * panels. A change, or an action of this window on the run, ends the reuse.
 */
export function sharedRuns(
  backend: PipelineBackend,
  clock: Clock,
): { readonly backend: PipelineBackend; dispose(): void } {
  const readings = new Map<RunId, Reading>();
  const forget = (change: BackendChange) => {
    if (change.kind !== 'runs') return;
    if (change.runs === undefined) readings.clear();
    else for (const id of change.runs) readings.delete(id);
  };
  const listeners = new Set<(change: BackendChange) => void>();
  // One watch for all: with watches of their own, others could learn of a change first and be given the run as it was before.
  const dispose = backend.watch((change) => {
    forget(change);
    for (const listener of [...listeners]) listener(change);
  });
  const read = (id: RunId): Promise<Run> => {
    const known = readings.get(id);
    if (known !== undefined && clock.now() - known.readAt < freshMs) return known.run;
    const [oldest] = readings.keys();
    if (readings.size >= mostKept && oldest !== undefined) readings.delete(oldest);
    const reading = { run: backend.getRun(id, new AbortController().signal), readAt: clock.now() };
    readings.set(id, reading);
    reading.run.catch(() => {
      if (readings.get(id) === reading) readings.delete(id);
    });
    return reading.run;
  };
  const shared = overriding(backend, {
    getRun: (id, signal) => unlessAborted(read(id), signal),
    stopRun: (id, signal) => backend.stopRun(id, signal).finally(() => readings.delete(id)),
    deleteRun: (id, signal) => backend.deleteRun(id, signal).finally(() => readings.delete(id)),
    ...(backend.retryRun && {
      retryRun: (id: RunId, signal: AbortSignal) =>
        backend.retryRun?.(id, signal).finally(() => readings.delete(id)) ?? Promise.resolve(),
    }),
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  return { backend: shared, dispose };
}
