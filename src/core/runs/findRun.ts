import type { RunId, RunState, RunSummary } from '../domain/run.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { asName, quoted } from '../text/literal.ts';
import { nearest } from '../text/nearest.ts';
import { lastFailedRun } from './lastFailedRun.ts';
import { newestRuns } from './newestRuns.ts';

/** What is said where a run is looked for before the first. */
export const noRunsYet = 'There are no runs yet.';

const mostRuns = 2000;

/**
 * The run that people mean: its id (`iris-12`), its number ("12", "#12", "run 12"), or its name or its pipeline's,
 * whatever the case (the newest with that name); "last" and "latest" are the newest of all, "last failed" and "last good" the
 * newest of these. Throws MlopsError notFound with the nearest ids.
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
  const last = /^(?:the )?(?:last|latest|newest)(?: (?<how>failed|good|successful))?(?: run)?$/.exec(wanted);
  if (last) return newestRun(backend, last.groups?.['how'], signal);
  const byName = new Map<string, RunId>();
  const ids: string[] = [];
  for await (const run of newestRuns(backend, { size: 200 }, mostRuns, signal)) {
    if (fits(run)) return run.id;
    ids.push(run.id);
    for (const name of [run.name, run.pipeline.name]) {
      const key = name.toLowerCase();
      if (!byName.has(key)) byName.set(key, run.id);
    }
  }
  const named = byName.get(wanted);
  if (named !== undefined) return named;
  throw notFound(text, ids);
}

/** The newest run of all, or of those that failed or succeeded. */
async function newestRun(
  backend: PipelineBackend,
  how: string | undefined,
  signal: AbortSignal,
): Promise<RunId> {
  if (how === 'failed') {
    const failed = await lastFailedRun(backend, signal);
    if (failed === undefined) throw new MlopsError('notFound', 'No run has failed.');
    return failed.id;
  }
  const states: readonly RunState[] = ['succeeded'];
  const { items } = await backend.listRuns({ size: 1, ...(how === undefined ? {} : { states }) }, signal);
  const [newest] = items;
  if (newest !== undefined) return newest.id;
  const none = how === undefined ? noRunsYet : 'No run has succeeded yet.';
  throw new MlopsError('notFound', none, { hint: 'Run a pipeline first.' });
}

function notFound(text: string, ids: readonly string[]): MlopsError {
  return new MlopsError('notFound', `There is no run ${quoted(text)}.`, { hint: hintFor(text, ids) });
}

function hintFor(text: string, ids: readonly string[]): string {
  const near = nearest(text, ids, 3);
  if (near.length > 0) return `Did you mean ${near.map(asName).join(', ')}?`;
  return ids.length === 0 ? noRunsYet : `The newest are ${ids.slice(0, 3).map(asName).join(', ')}.`;
}
