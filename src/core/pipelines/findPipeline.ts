import type { PipelineSummary } from '../domain/pipeline.ts';
import { variantsOf } from '../domain/pipelineVariant.ts';
import { hasWords, simpleName } from '../domain/sameWords.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { asName, quoted } from '../text/literal.ts';
import { nearest } from '../text/nearest.ts';
import { allPipelines } from './allPipelines.ts';
import { findVersion } from './keptPipelines.ts';

/**
 * The pipeline that a text means: by id, name, display name or file, in any case, else by a part of its name or by its words in any
 * order; or one of its versions ("churn version 2"). Throws MlopsError notFound with the nearest names, or conflict when several fit.
 */
export async function findPipeline(
  backend: PipelineBackend,
  text: string,
  signal: AbortSignal,
): Promise<PipelineSummary> {
  const matches = await findPipelines(backend, text, signal).catch(async (error: unknown) => {
    const found = await findVersion(backend, text, signal);
    if (found === undefined) throw error;
    const { pipeline, version } = found;
    return [{ ...pipeline, id: version.id, version: version.name }];
  });
  const [first] = ofWorkspaceFirst(matches);
  if (first === undefined) throw severalFit(text, matches);
  return first;
}

/** The pipelines that fit a text, read as `findPipeline` reads it: at least one. Throws MlopsError notFound. */
export async function findPipelines(
  backend: PipelineBackend,
  text: string,
  signal: AbortSignal,
): Promise<readonly PipelineSummary[]> {
  const all = await allPipelines(backend, signal);
  const wanted = simpleName(text);
  for (const key of [byId, byName, byFile, byPart, byWords] as const) {
    const matches = all.filter((pipeline) => key(pipeline, text, wanted));
    if (matches.length > 0) return matches;
  }
  throw notFound(text, all);
}

/** The one that is meant. One of the workspace goes before what was uploaded of it; its versions are named as such. */
function ofWorkspaceFirst(matches: readonly PipelineSummary[]): readonly PipelineSummary[] {
  if (matches.length === 1) return matches;
  const here = matches.filter(({ source }) => source.kind !== 'server');
  const [one, ...others] = here;
  const isSame = matches.every(({ name }) => simpleName(name) === simpleName(one?.name ?? ''));
  return one !== undefined && others.length === 0 && isSame ? here : [];
}

type Match = (pipeline: PipelineSummary, text: string, wanted: string) => boolean;
const byId: Match = (pipeline, text) => variantsOf(pipeline).some(({ id }) => id === text);
const byName: Match = (pipeline, _text, wanted) =>
  simpleName(pipeline.name) === wanted ||
  (pipeline.displayName !== undefined && simpleName(pipeline.displayName) === wanted);
const byFile: Match = (pipeline, text) =>
  variantsOf(pipeline).some(
    ({ source }) => source?.label === text || source?.label?.endsWith(`/${text}`) || source?.file === text,
  );
const byPart: Match = (pipeline, _text, wanted) =>
  wanted.length > 2 && simpleName(pipeline.name).includes(wanted);

const byWords: Match = ({ name, displayName = '' }, text) => {
  const words = text.replace(/\b(?:the|my|an?|pipeline)\b/gi, ' ');
  return [name, displayName].some((one) => hasWords(one, words));
};

function severalFit(text: string, matches: readonly PipelineSummary[]): MlopsError {
  const names = matches
    .slice(0, 5)
    .map((pipeline) => `${asName(pipeline.name)} (${asName(pipeline.source.label ?? pipeline.id)})`);
  return new MlopsError('conflict', `Several pipelines fit ${quoted(text)}: ${names.join(', ')}.`, {
    hint: 'Name the one meant by its file.',
  });
}

function notFound(text: string, all: readonly PipelineSummary[]): MlopsError {
  const near = nearest(
    text,
    all.map((pipeline) => pipeline.name),
    3,
  );
  const hint =
    all.length === 0
      ? 'There are no pipelines here: open a folder with a compiled pipeline YAML or a Python file with @dsl.pipeline.'
      : near.length > 0
        ? `Did you mean ${near.map(asName).join(' or ')}?`
        : 'List the pipelines to see their names.';
  return new MlopsError('notFound', `There is no pipeline ${quoted(text)}.`, { hint });
}
