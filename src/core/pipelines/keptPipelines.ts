import type { PipelineSummary } from '../domain/pipeline.ts';
import { type PipelineVersion, versionId } from '../domain/pipelineVersion.ts';
import { simpleName } from '../domain/sameWords.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import type { PipelineLibrary } from '../ports/pipelineLibrary.ts';
import { splitVersion } from '../sentences/version.ts';
import { asName, quoted } from '../text/literal.ts';
import { nearest } from '../text/nearest.ts';
import { allPipelines } from './allPipelines.ts';

const mostVersions = 1000;

/** The pipelines that a connection keeps. Throws MlopsError unsupported where it keeps none. */
export function libraryOf({ library, connection }: PipelineBackend): PipelineLibrary {
  if (library !== undefined) return library;
  throw new MlopsError('unsupported', `${asName(connection.name)} keeps no pipelines and no versions.`, {
    hint: 'The pipelines of the workspace run there as they are; a server of Kubeflow Pipelines keeps some.',
  });
}

/** The kept pipeline that a text means, by name or id. Throws MlopsError notFound or conflict. */
export async function findKept(
  backend: PipelineBackend,
  text: string,
  signal: AbortSignal,
): Promise<PipelineSummary> {
  libraryOf(backend);
  const kept = (await allPipelines(backend, signal)).filter(({ source }) => source.kind === 'server');
  const wanted = simpleName(text);
  const exactly = kept.filter(({ id, name }) => id === text || name === text);
  const matches =
    exactly.length > 0
      ? exactly
      : kept.filter(({ name, displayName = name }) =>
          [name, displayName].some((one) => simpleName(one) === wanted),
        );
  const [found, other] = matches;
  if (found !== undefined && other === undefined) return found;
  if (found !== undefined)
    throw new MlopsError(
      'conflict',
      `Several pipelines of ${asName(backend.connection.name)} are called ${quoted(text)}.`,
      {
        hint: `Name one by its id: ${matches
          .slice(0, 5)
          .map(({ id }) => asName(id))
          .join(', ')}.`,
      },
    );
  const near = nearest(
    text,
    kept.map(({ name }) => name),
    3,
  );
  throw new MlopsError('notFound', `${asName(backend.connection.name)} keeps no pipeline ${quoted(text)}.`, {
    hint:
      near.length > 0
        ? `Did you mean ${near.map(asName).join(' or ')}?`
        : 'List the pipelines to see their names.',
  });
}

/** A version as a pipeline that can be described and run. */
export interface KeptVersion {
  readonly pipeline: PipelineSummary;
  readonly version: PipelineVersion;
}

/**
 * The version that a text means: "churn version 2", "churn v2", "churn@v2", "the newest version of churn". Undefined where it speaks of
 * none, or nothing is kept. Throws MlopsError notFound with the versions that there are.
 */
export async function findVersion(
  backend: PipelineBackend,
  text: string,
  signal: AbortSignal,
): Promise<KeptVersion | undefined> {
  const said = splitVersion(text);
  if (said === undefined || backend.library === undefined) return undefined;
  const pipeline = await findKept(backend, said.pipeline, signal);
  const versions = await allVersions(backend.library, pipeline, signal);
  const version = pickVersion(versions, said.version);
  if (version !== undefined) return { pipeline, version };
  const names = versions.slice(0, 5).map(({ name, number }) => `${asName(name)} (version ${number})`);
  throw new MlopsError('notFound', `${asName(pipeline.name)} has no version ${quoted(said.version)}.`, {
    hint: names.length === 0 ? 'It has none: upload one first.' : `The newest are ${names.join(', ')}.`,
  });
}

async function allVersions(
  library: PipelineLibrary,
  { id }: PipelineSummary,
  signal: AbortSignal,
): Promise<readonly PipelineVersion[]> {
  const all: PipelineVersion[] = [];
  let page: string | undefined;
  do {
    const more = page === undefined ? {} : { page };
    const listed = await library.versions(id, { size: 200, ...more }, signal);
    all.push(...listed.items);
    page = listed.next;
  } while (page !== undefined && all.length < mostVersions);
  return all;
}

/** By its id or name, else by its number, from versions that are the newest first. */
function pickVersion(newest: readonly PipelineVersion[], text: string): PipelineVersion | undefined {
  const wanted = text.toLowerCase();
  if (/^(?:newest|latest|last)$/.test(wanted)) return newest[0];
  if (/^(?:oldest|first)$/.test(wanted)) return newest.at(-1);
  const number = /^v?(\d{1,6})$/.exec(wanted)?.[1];
  const isCalled = (...names: readonly string[]) =>
    newest.find(({ name }) => names.includes(name.toLowerCase()));
  return (
    newest.find(({ id, pipeline }) => id === versionId(pipeline, text)) ??
    isCalled(wanted) ??
    (number === undefined
      ? undefined
      : (isCalled(`v${number}`, `version ${number}`) ?? newest.find((one) => one.number === Number(number))))
  );
}
