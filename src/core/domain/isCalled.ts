import type { RunSummary } from './run.ts';
import { simpleName } from './simpleName.ts';

/**
 * How a text names a run: `exactly` by its id, label or number ("12", "#12", "run 12", "run-12"), else by its name or its
 * pipeline's. "nightly ingest" is `nightly-ingest`, too.
 */
export function isCalled(run: RunSummary, text: string): 'exactly' | 'name' | undefined {
  const wanted = simpleName(text);
  const number = numberIn(text);
  if ([run.id, run.label].some((name) => simpleName(name) === wanted)) return 'exactly';
  if (number !== undefined && run.number === number) return 'exactly';
  return [run.name, run.pipeline.name].some((name) => simpleName(name) === wanted) ? 'name' : undefined;
}

/** The number that a text consists of; undefined for any other text. */
export function numberIn(text: string): number | undefined {
  const digits = /^(?:(?:run|number)[\s_-]*(?:number|no\.?)?\s*)?#?\s*(\d{1,15})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}
