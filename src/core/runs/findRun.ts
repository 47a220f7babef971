import type { RunId, RunSummary } from '../domain/run.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { nearest } from '../text/nearest.ts';

const MOST_RUNS = 2000;

/**
 * The run that people mean: its id (`iris-12`), its number ("12", "#12", "run 12"), or its name or its pipeline's,
 * whatever the case (the newest with that name); "last" and "latest" are the newest of all. Throws MlopsError notFound with the nearest ids.
 */
export async function resolveRun(
  backend: PipelineBackend,
  text: string,
  signal: AbortSignal,
): Promise<RunId> {
  const wanted = text
    .trim()
    .replace(/^`(.*)`$/, '$1')
    .toLowerCase();
  const number = /^(?:run\s*)?#?\s*(\d+)$/.exec(wanted)?.[1];
  const fits = (run: RunSummary) =>
    run.id.toLowerCase() === wanted ||
    (number !== undefined && (run.number === Number(number) || run.id === number));
  const byName = new Map<string, RunId>();
  const ids: string[] = [];
  let page: string | undefined;
  do {
    const found = await backend.listRuns({ size: 200, ...(page === undefined ? {} : { page }) }, signal);
    if (/^(the )?(last|latest|newest)( run)?$/.test(wanted) && found.items[0]) return found.items[0].id;
    const exact = found.items.find(fits);
    if (exact) return exact.id;
    for (const run of found.items) {
      ids.push(run.id);
      for (const name of [run.name, run.pipeline.name]) {
        const key = name.toLowerCase();
        if (!byName.has(key)) byName.set(key, run.id);
      }
    }
    page = found.next;
  } while (page !== undefined && ids.length < MOST_RUNS);
  const named = byName.get(wanted);
  if (named !== undefined) return named;
  throw notFound(text, ids);
}

function notFound(text: string, ids: readonly string[]): MlopsError {
  return new MlopsError('notFound', `There is no run "${text}".`, { hint: hintFor(text, ids) });
}

function hintFor(text: string, ids: readonly string[]): string {
  const near = nearest(text, ids, 3);
  if (near.length > 0) return `Did you mean ${near.join(', ')}?`;
  return ids.length === 0 ? 'There are no runs yet.' : `The newest are ${ids.slice(0, 3).join(', ')}.`;
}
