import { vi } from 'vitest';
import type { Place } from './place.ts';
import { runMs } from './suite.ts';

/**
 * Suspends a run's processes as soon as one of these tasks is under way, so that what passes in a moment can be looked at.
 * Gives what lets the run go on; it may be called twice.
 */
export async function holdRun(place: Place, run: string, task: RegExp): Promise<() => void> {
  const underWay = () =>
    place.run(run)?.tasks.some(({ name, state }) => task.test(name) && state === 'running') ?? false;
  return vi.waitFor(
    () => {
      if (!underWay()) throw new Error(`No task ${task} of ${run} was seen running.`);
      const processes = place.processes().map((line) => Number.parseInt(line, 10));
      const release = () => signal(processes, 'SIGCONT');
      signal(processes, 'SIGSTOP');
      if (underWay()) return release;
      release(); // it ended before it was held: the next one then
      throw new Error(`${run} ended before it was held.`);
    },
    { timeout: runMs, interval: 5 },
  );
}

function signal(processes: readonly number[], name: NodeJS.Signals): void {
  for (const pid of processes) {
    try {
      process.kill(pid, name);
    } catch {
      // ended meanwhile
    }
  }
}
