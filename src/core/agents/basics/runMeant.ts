import type { Focus } from '../../domain/focus.ts';
import { type Known, runsOf } from './known.ts';
import { namesIn, type Parts } from './sentenceParts.ts';

/** The run that a sentence is about, as the tools take it. `failure`: one that failed is meant, where none is named. */
export function runMeant(parts: Parts, known: Known, focus: Focus, failure = false): string {
  const [run] = namesIn(parts, 'run');
  if (run !== undefined) return run;
  const [pipeline] = namesIn(parts, 'pipeline');
  if (parts.concepts.has('previous')) return runBefore(undefined, pipeline, known, focus) ?? 'last';
  const state = stateMeant(parts, failure);
  if (pipeline !== undefined) return newestOf(pipeline, state, known) ?? pipeline;
  const isLast = parts.concepts.has('last');
  if (!isLast && focus.run !== undefined) return focus.run;
  if (state === 'failed') return 'last failed';
  return state === 'good' && isLast ? 'last good' : 'last';
}

type StateMeant = 'failed' | 'good' | undefined;

function stateMeant({ concepts }: Parts, failure: boolean): StateMeant {
  if (failure || concepts.has('failed')) return 'failed';
  return concepts.has('succeeded') ? 'good' : undefined;
}

function newestOf(pipeline: string, state: StateMeant, known: Known): string | undefined {
  const runs = runsOf(known, pipeline);
  if (state === undefined) return runs[0]?.id;
  const states: readonly string[] = state === 'failed' ? ['failed', 'interrupted'] : ['succeeded'];
  return runs.find((run) => states.includes(run.state))?.id;
}

/** The run before another: what the one in focus was compared with, or the one before it of the same pipeline. */
export function runBefore(
  run: string | undefined,
  pipeline: string | undefined,
  known: Known,
  focus: Focus,
): string | undefined {
  if (run === undefined && pipeline === undefined && focus.against !== undefined) return focus.against;
  const now = known.runs.find(({ id }) => id === (run ?? focus.run));
  const runs = runsOf(known, pipeline ?? now?.pipeline.name);
  const at = runs.findIndex(({ id }) => id === now?.id);
  return runs[at < 0 ? 1 : at + 1]?.id;
}
