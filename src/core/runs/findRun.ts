import type { PipelineId } from '../domain/pipeline.ts';
import type { RunId, RunState, RunSummary } from '../domain/run.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { findPipeline } from '../pipelines/findPipeline.ts';
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
 * newest of these, also of a pipeline ("last iris run", "last failed run of iris"). A text that names no run but fits one
 * pipeline is its newest run. Throws MlopsError notFound with the nearest labels, and conflict where a number is that of
 * several runs.
 */
export async function resolveRun(
  backend: PipelineBackend,
  text: string,
  signal: AbortSignal,
): Promise<RunId> {
  const wanted = text.trim().replace(/^`(.*)`$/, '$1');
  const { isLast, how, of } = lastIn(wanted);
  if (isLast && of === undefined) return newestRun(backend, how, signal);
  const matches = await backend.findRuns(wanted, signal);
  const [newest, ...others] = matches;
  if (newest === undefined) {
    const fitting = await newestOf(backend, of ?? wanted, how, signal);
    if (fitting === undefined) throw await notFound(backend, text, signal);
    return fitting;
  }
  if (others.length > 0 && numberIn(wanted) !== undefined) throw severalRuns(wanted, matches);
  return newest.id;
}

const lastPattern =
  /^(?:the )?(?:last|latest|newest)(?: (?<how>failed|good|successful))?(?:(?: (?!runs?\b|of\b)(?<before>.+?))?(?: run)?| run of (?:the )?(?<of>.+))$/i;

interface Last {
  readonly isLast: boolean;
  /** "failed", "good" or "successful", where only these are meant. */
  readonly how: string | undefined;
  /** Whose last run is meant; undefined: of all. */
  readonly of: string | undefined;
}

function lastIn(text: string): Last {
  const found = lastPattern.exec(text);
  const { how, before, of = before } = found?.groups ?? {};
  return { isLast: found !== null, how: how?.toLowerCase(), of };
}

/** The newest run of what a text names, or of the one pipeline that it fits, and of those the one that failed or succeeded. */
async function newestOf(
  backend: PipelineBackend,
  text: string,
  how: string | undefined,
  signal: AbortSignal,
): Promise<RunId | undefined> {
  const [called] = await backend.findRuns(text, signal);
  if (called !== undefined && how === undefined) return called.id;
  const pipeline = called?.pipeline.id ?? (await fittingPipeline(backend, text, signal));
  if (pipeline === undefined) return undefined;
  const states: readonly RunState[] = how === 'failed' ? ['failed'] : ['succeeded'];
  const query = { pipeline, size: 1, ...(how === undefined ? {} : { states }) };
  return (await backend.listRuns(query, signal)).items[0]?.id;
}

/** The one pipeline that a text fits; none for a text with a number, which means one run and never another. */
async function fittingPipeline(
  backend: PipelineBackend,
  text: string,
  signal: AbortSignal,
): Promise<PipelineId | undefined> {
  if (/\d$/.test(text)) return undefined;
  try {
    return (await findPipeline(backend, text, signal)).id;
  } catch (error) {
    if (error instanceof MlopsError && ['notFound', 'conflict'].includes(error.kind)) return undefined;
    throw error;
  }
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
