import type { RunId, RunState, RunSummary } from '../domain/run.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { asName, quoted } from '../text/literal.ts';
import { nearest } from '../text/nearest.ts';
import { numberIn } from '../domain/isCalled.ts';
import { lastFailedRun } from './lastFailedRun.ts';

/** The message when there are no runs yet. */
export const noRunsYet = 'There are no runs yet.';

const mostNear = 200;

/**
 * The run that a text means: its id, its label (`iris-12`), its number ("12", "#12", "run 12"), or its name or its pipeline's,
 * in any case (the newest with that name); "last" and "latest" are the newest of all, "last failed" and "last good" the
 * newest of these. Throws MlopsError notFound with the nearest labels, and conflict where a number is that of several runs.
 */
export async function resolveRun(
  backend: PipelineBackend,
  text: string,
  signal: AbortSignal,
): Promise<RunId> {
  const wanted = text.trim().replace(/^`(.*)`$/, '$1');
  const last = /^(?:the )?(?:last|latest|newest)(?: (?<how>failed|good|successful))?(?: run)?$/i.exec(wanted);
  if (last) return newestRun(backend, last.groups?.['how']?.toLowerCase(), signal);
  const matches = await backend.findRuns(wanted, signal);
  const [newest, ...others] = matches;
  if (newest === undefined) throw await notFound(backend, text, signal);
  if (others.length > 0 && numberIn(wanted) !== undefined) throw severalRuns(wanted, matches);
  return newest.id;
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

function severalRuns(text: string, runs: readonly RunSummary[]): MlopsError {
  const labels = runs.map(({ id, label }) =>
    label === id ? asName(id) : `${asName(label)} (${asName(id)})`,
  );
  return new MlopsError('conflict', `${quoted(text)} may be several runs: ${labels.join(', ')}.`, {
    hint: 'Say which one.',
  });
}

async function notFound(backend: PipelineBackend, text: string, signal: AbortSignal): Promise<MlopsError> {
  const { items } = await backend.listRuns({ size: mostNear }, signal);
  const labels = items.map(({ label }) => label);
  return new MlopsError('notFound', `There is no run ${quoted(text)}.`, { hint: hintFor(text, labels) });
}

function hintFor(text: string, labels: readonly string[]): string {
  const near = nearest(text, labels, 3);
  if (near.length > 0) return `Did you mean ${near.map(asName).join(', ')}?`;
  return labels.length === 0 ? noRunsYet : `The newest are ${labels.slice(0, 3).map(asName).join(', ')}.`;
}
