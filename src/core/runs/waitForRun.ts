import { type Run, type RunId, isActive } from '../domain/run.ts';
import type { Clock } from '../ports/clock.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { progressLine } from './progressLine.ts';

/** How a wait went: the run as it stands, ended or not. */
export interface Waited {
  readonly run: Run;
  readonly ended: boolean;
}

/** What waiting needs. `report` gets a line whenever something changed. */
export interface WaitDeps {
  readonly backend: PipelineBackend;
  readonly clock: Clock;
  readonly report: (line: string) => void;
  /** Told that somebody watches the run; the returned function says that nobody does any more, and whether they saw its end. */
  readonly watching?: (run: RunId) => (ended: boolean) => void;
}

/** Waits for a run's end, at most `seconds` (0 looks once). Aborting ends the waiting, never the run. */
export async function waitForRun(
  id: RunId,
  seconds: number,
  deps: WaitDeps,
  signal: AbortSignal,
): Promise<Waited> {
  const until = deps.clock.now() + seconds * 1000;
  const bell = doorbell(deps.backend, id);
  const unwatch = deps.watching?.(id);
  let ended = false;
  try {
    let said = '';
    for (;;) {
      const run = await deps.backend.getRun(id, signal);
      const line = progressLine(run);
      if (line !== said) deps.report(line);
      said = line;
      const left = until - deps.clock.now();
      ended = !isActive(run.state);
      if (ended || left <= 0) return { run, ended };
      await bell.rung(Math.min(left, 2000), deps.clock, signal);
    }
  } finally {
    bell.close();
    unwatch?.(ended);
  }
}

/** Rings when the backend says that the run changed; a change between two waits is not lost. */
function doorbell(backend: PipelineBackend, id: RunId) {
  let changed = false;
  let ring: (() => void) | undefined;
  const close = backend.watch((change) => {
    if (change.kind !== 'runs' || (change.runs !== undefined && !change.runs.includes(id))) return;
    changed = true;
    ring?.();
  });
  return {
    close,
    async rung(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
      if (!changed) {
        const timer = new AbortController();
        const timed = clock
          .delay(ms, AbortSignal.any([signal, timer.signal]))
          .catch(() => signal.throwIfAborted());
        await Promise.race([timed, new Promise<void>((resolve) => (ring = resolve))]);
        timer.abort();
        await timed;
      }
      changed = false;
      ring = undefined;
    },
  };
}
