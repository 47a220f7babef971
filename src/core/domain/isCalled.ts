import type { RunSummary } from './run.ts';
import { hasWords, sameWords } from './sameWords.ts';

/**
 * How a text names a run: `exactly` by its id, label or number ("12", "#12", "run 12", "run-12"), by its `name` or its pipeline's, or by some
 * `words` of these in any order. Case does not count, nor whether words are divided by spaces, `-` or `_`.
 */
export function isCalled(run: RunSummary, text: string): 'exactly' | 'name' | 'words' | undefined {
  const wanted = sameWords(text);
  const number = numberIn(text);
  if ([run.id, run.label].some((name) => sameWords(name) === wanted)) return 'exactly';
  if (number !== undefined && run.number === number) return 'exactly';
  const names = [run.name, run.pipeline.name];
  if (names.some((name) => sameWords(name) === wanted)) return 'name';
  if (number !== undefined) return undefined;
  // A run without a name of its own has its label for one, of which a part means no run.
  const given = names.filter((name) => name !== run.label && name !== run.id);
  return given.some((name) => hasWords(name, text)) ? 'words' : undefined;
}

/** The number that a text consists of; undefined for any other text. */
export function numberIn(text: string): number | undefined {
  const digits = /^(?:(?:run|number)[\s_-]*(?:number|no\.?)?\s*)?#?\s*(\d{1,15})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}
