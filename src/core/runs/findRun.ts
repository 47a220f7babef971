import type { RunId, RunState, RunSummary } from '../domain/run.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { asName, quoted } from '../text/literal.ts';
import { nearest } from '../text/nearest.ts';
import { isCalled, numberIn } from '../domain/isCalled.ts';
import { findPipelines } from '../pipelines/findPipeline.ts';

/** The message when there are no runs yet. */
export const noRunsYet = 'There are no runs yet.';

const mostNear = 200;

/**
 * The run that a text means: its id, its label (`iris-12`), its number ("12", "#12", "run 12"), or its name or its pipeline's,
 * in any case (the newest with that name), or some words of these; "last" and "latest" are the newest of all, "last failed" and
 * "last good" the newest of these, "last failed iris" the newest of these of a pipeline. Throws MlopsError notFound with the nearest
 * labels, and conflict where a number is that of several runs, or words are those of several pipelines.
 */
export async function resolveRun(
  backend: PipelineBackend,
  text: string,
  signal: AbortSignal,
): Promise<RunId> {
  const wanted = text.trim().replace(/^`(.*)`$/, '$1');
  const last = lastPattern.exec(wanted)?.groups;
  if (last) return newestRun(backend, { how: last['how']?.toLowerCase(), of: last['of'] }, signal);
  const matches = await backend.findRuns(wanted, signal);
  const [newest, ...others] = matches;
  if (newest === undefined) throw await notFound(backend, text, signal);
  if (others.length > 0 && isUnclear(wanted, matches)) throw severalRuns(wanted, matches);
  return newest.id;
}

const lastPattern =
  /^(?:the )?(?:last|latest|newest)(?: (?<how>failed|good|successful))?(?: run| one)?(?: (?:of |for )?(?<of>.+?)(?: run| one)?)?$/i;

/** Whether the runs that a text fits are none that it can mean together: several of a number, or of several pipelines by some words. */
function isUnclear(text: string, runs: readonly RunSummary[]): boolean {
  if (numberIn(text) !== undefined) return true;
  const byWords = runs.every((run) => isCalled(run, text) === 'words');
  return byWords && new Set(runs.map(({ pipeline }) => pipeline.id)).size > 1;
}

/** The newest run of all or of a pipeline, or of those of them that failed or succeeded. */
async function newestRun(
  backend: PipelineBackend,
  { how, of }: { readonly how: string | undefined; readonly of: string | undefined },
  signal: AbortSignal,
): Promise<RunId> {
  const states: readonly RunState[] = how === 'failed' ? ['failed'] : ['succeeded'];
  const pipelines = of === undefined ? undefined : await findPipelines(backend, of, signal);
  const query = {
    size: 1,
    ...(how === undefined ? {} : { states }),
    ...(pipelines === undefined ? {} : { pipeline: pipelines.map(({ id }) => id) }),
  };
  const [newest] = (await backend.listRuns(query, signal)).items;
  if (newest !== undefined) return newest.id;
  const ofWhich = of === undefined ? '' : ` of ${asName(of)}`;
  if (how === 'failed') throw new MlopsError('notFound', `No run${ofWhich} has failed.`);
  const none = ofWhich === '' ? noRunsYet : `There are no runs${ofWhich} yet.`;
  throw new MlopsError('notFound', how === undefined ? none : `No run${ofWhich} has succeeded yet.`, {
    hint: 'Run a pipeline first.',
  });
}

function severalRuns(text: string, runs: readonly RunSummary[]): MlopsError {
  // A label that several have says nothing.
  const isShared = (wanted: string) => runs.filter(({ label }) => label === wanted).length > 1;
  const labels = runs.map(({ id, label }) =>
    isShared(label) ? `${asName(label)} (${asName(id)})` : asName(label),
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
