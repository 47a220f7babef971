import { isCalled } from '../domain/isCalled.ts';
import type { PipelineSummary } from '../domain/pipeline.ts';
import type { RunId, RunSummary } from '../domain/run.ts';
import { sameWords } from '../domain/sameWords.ts';
import { findPipeline, findPipelines } from '../pipelines/findPipeline.ts';
import { MlopsError, toMlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { asName } from '../text/literal.ts';
import { code, nameText } from '../text/markdown.ts';
import { resolveRun } from './findRun.ts';
import { headlineMetric } from './headlineMetric.ts';
import { metricDirection } from './metricDirection.ts';

/** A run that is to be compared, and why this one where a pipeline was named, as Markdown. */
export interface ComparedRun {
  readonly id: RunId;
  readonly chosen?: string;
}

/**
 * The run that a text means where runs are compared. A pipeline's name means its best good run by its main metric, or the newest good one
 * where it is not known which figures are better. Throws MlopsError.
 */
export async function comparedRun(
  backend: PipelineBackend,
  text: string,
  signal: AbortSignal,
): Promise<ComparedRun> {
  const bare = text.trim().replace(/^`(.*)`$/, '$1');
  const best = /^(?:the )?best(?: run)?(?: of| for)? (?<of>.+?)(?: run)?$/i.exec(bare)?.groups?.['of'];
  if (best === undefined && (await namesRun(backend, bare, signal)))
    return { id: await resolveRun(backend, bare, signal) };
  const pipelines = await findPipelines(backend, best ?? bare, signal).catch(noneFound);
  if (pipelines.length === 0) return { id: await resolveRun(backend, bare, signal) };
  return bestOrNewest(backend, bare, await findPipeline(backend, best ?? bare, signal), signal);
}

/** Whether a text means a run by itself: "last", or its id, label, number or own name. */
async function namesRun(backend: PipelineBackend, text: string, signal: AbortSignal): Promise<boolean> {
  if (/^(?:the )?(?:last|latest|newest)\b/i.test(text)) return true;
  const [run] = await backend.findRuns(text, signal);
  if (run === undefined) return false;
  if (isCalled(run, text) === 'exactly') return true;
  return sameWords(run.name) === sameWords(text) && sameWords(run.pipeline.name) !== sameWords(text);
}

function noneFound(error: unknown): readonly PipelineSummary[] {
  if (toMlopsError(error).kind === 'notFound') return [];
  throw error;
}

async function bestOrNewest(
  backend: PipelineBackend,
  text: string,
  pipeline: PipelineSummary,
  signal: AbortSignal,
): Promise<ComparedRun> {
  const good = { pipeline: pipeline.id, states: ['succeeded'], size: 1, withMetrics: true } as const;
  const [newest] = (await backend.listRuns(good, signal)).items;
  if (newest === undefined)
    throw new MlopsError('notFound', `No run of ${asName(pipeline.name)} has succeeded yet.`, {
      hint: 'Run it first, or name a run.',
    });
  const metric = headlineMetric(newest.metrics)?.name;
  const direction = metric === undefined ? 'unknown' : metricDirection(metric);
  if (metric === undefined || direction === 'unknown') return chosen(text, newest, 'newest good run');
  const first = direction === 'higher' ? 'highest' : 'lowest';
  const [best] = (await backend.listRuns({ ...good, order: { metric, first } }, signal)).items;
  return chosen(text, best ?? newest, `best good run by ${nameText(metric)}`);
}

function chosen(text: string, { id, label }: RunSummary, which: string): ComparedRun {
  return { id, chosen: `${code(text)} means its ${which}, ${code(label)}.` };
}
