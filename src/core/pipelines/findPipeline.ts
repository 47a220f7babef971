import type { PipelineSummary } from '../domain/pipeline.ts';
import { variantsOf } from '../domain/pipelineVariant.ts';
import { simpleName, wordsOf } from '../domain/simpleName.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { asName, quoted } from '../text/literal.ts';
import { nearest } from '../text/nearest.ts';
import { allPipelines } from './allPipelines.ts';

/**
 * The pipeline that a text means: by id, name, display name or file, in any case, else by a part of its name or by words
 * of it in any order ("diabetes tree").
 * Throws MlopsError notFound with the nearest names, or conflict when several fit.
 */
export async function findPipeline(
  backend: PipelineBackend,
  text: string,
  signal: AbortSignal,
): Promise<PipelineSummary> {
  const all = await allPipelines(backend, signal);
  const wanted = simpleName(text);
  for (const key of [byId, byName, byFile, byPart, byWords] as const) {
    const matches = all.filter((pipeline) => key(pipeline, text, wanted));
    const [first] = matches;
    if (first !== undefined && matches.length === 1) return first;
    if (matches.length > 1) throw severalFit(text, matches);
  }
  throw notFound(text, all);
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
  const wanted = wordsOf(text).filter((word) => !['the', 'my', 'a', 'pipeline'].includes(word));
  const has = simpleName([name, displayName].join(' '));
  return wanted.length > 1 && wanted.every((word) => word.length > 1 && has.includes(word));
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
