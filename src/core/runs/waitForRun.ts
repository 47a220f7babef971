import { type Run, type RunId, isActive } from '../domain/run.ts';
import type { Clock } from '../ports/clock.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { progressLine } from './progressLine.ts';

/** The run after a wait, and whether it has ended. */
export interface Waited {
  readonly run: Run;
  readonly ended: boolean;
}

/** What waiting needs. `report` gets a line whenever something changed. */
export interface WaitDeps {
  readonly backend: PipelineBackend;
  readonly clock: Clock;
  readonly report: (line: string) => void;
  /** Called when the wait begins. The returned function is called when it is over, with whether the end was seen. */
  readonly watching?: (run: RunId) => (ended: boolean) => void;
}

/** Waits at most `seconds` for a run's end; 0 reads it once. Aborting ends the wait, never the run. Throws MlopsError. */
export async function waitForRun(
  id: RunId,
  seconds: number,
  deps: WaitDeps,
  signal: AbortSignal,
): Promise<Waited> {
  const until = deps.clock.now() + seconds * 1000;
  const changes = changeSignal(deps.backend, id);
  const unwatch = deps.watching?.(id);
  let ended = false;
  try {
    let lastLine = '';
    for (;;) {
      const run = await deps.backend.getRun(id, signal);
      const line = progressLine(run);
      if (line !== lastLine) deps.report(line);
      lastLine = line;
      const left = until - deps.clock.now();
      ended = !isActive(run.state);
      if (ended || left <= 0) return { run, ended };
      await changes.nextChange(Math.min(left, 2000), deps.clock, signal);
    }
  } finally {
    changes.close();
    unwatch?.(ended);
  }
}

/** Waits for changes of a run. A change between two waits ends the next one at once. */
function changeSignal(backend: PipelineBackend, id: RunId) {
  let changed = false;
  let wake: (() => void) | undefined;
  const close = backend.watch((change) => {
    if (change.kind !== 'runs' || (change.runs !== undefined && !change.runs.includes(id))) return;
    changed = true;
    wake?.();
  });
  return {
    close,
    async nextChange(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
      if (!changed) {
        const timer = new AbortController();
        const timed = clock
          .delay(ms, AbortSignal.any([signal, timer.signal]))
          .catch(() => signal.throwIfAborted());
        await Promise.race([timed, new Promise<void>((resolve) => (wake = resolve))]);
        timer.abort();
        await timed;
      }
      changed = false;
      wake = undefined;
    },
  };
}
