import type { RunSummary } from './run.ts';

/** How a text names a run: `exactly` by its id, label or number ("12", "#12", "run 12"), else by its name or its pipeline's. */
export function isCalled(run: RunSummary, text: string): 'exactly' | 'name' | undefined {
  const wanted = text.trim().toLowerCase();
  const number = numberIn(wanted);
  if ([run.id, run.label].some((name) => name.toLowerCase() === wanted)) return 'exactly';
  if (number !== undefined && run.number === number) return 'exactly';
  return [run.name, run.pipeline.name].some((name) => name.toLowerCase() === wanted) ? 'name' : undefined;
}

/** The number that a text consists of; undefined for any other text. */
export function numberIn(text: string): number | undefined {
  const digits = /^(?:run\s*)?#?\s*(\d{1,15})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}
