import type { Services } from '../services.ts';
import { targetOf } from './shared/arguments.ts';
import { repeat } from './start.ts';
import { runOnce } from './runPipeline.ts';
import type { Handler } from './table.ts';

/** Runs a pipeline, or what a run ran, with every task anew: nothing is taken from the cache. */
export function runWithoutCache(services: Services): Handler {
  return (...args) =>
    targetOf(args, 'pipeline').run === undefined
      ? runOnce(services, args, false)
      : repeat(services, args, { cache: false });
}
