import type { Page, PageQuery } from '../../core/domain/page.ts';
import type { Pipeline, PipelineId, PipelineSummary } from '../../core/domain/pipeline.ts';
import type { JsonObject } from '../../core/domain/json.ts';
import { partsOfId, type PipelineVersion, versionId } from '../../core/domain/pipelineVersion.ts';
import { describeSpecification } from '../../core/pipelineSpec/describeSpecification.ts';
import type { Specification } from '../../core/pipelineSpec/readSpecification.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { pageSize } from '../../core/ports/pages.ts';
import { asName } from '../../core/text/literal.ts';
import { pageOf } from '../node/pages.ts';
import { type KubeflowApi, part } from './api.ts';
import { judgeForCluster } from './judge.ts';
import { type ApiPipeline, type ApiVersion, pipeline, pipelineList, version, versionList } from './schema.ts';
import { keep } from './keep.ts';
import { pipelinePage, type ServerPage } from './pipelinePages.ts';
import { filterOf } from './runList.ts';
import { readStored, type StoredSpec } from './specs.ts';
import { listVersions, toVersion } from './versions.ts';

const root = '/apis/v2beta1/pipelines';
/** How many pipelines a search reads at most, in pages of 200. */
const mostPages = 50;

/** A version of a pipeline, checked. The summary has the id of the version where that was asked for. */
export interface CheckedVersion {
  readonly summary: PipelineSummary;
  readonly version: string;
  readonly specification: Specification;
}

/** The pipelines that a server keeps, and their versions. */
export class ServerPipelines {
  readonly #api: KubeflowApi;
  /** Versions never change, so that one is read once. */
  readonly #versions = new Map<string, Promise<StoredSpec | undefined>>();
  readonly #names = new Map<string, Promise<string>>();

  constructor(api: KubeflowApi) {
    this.#api = api;
  }

  /** Pipelines by name. A search reads all of them, since the server can look in one field alone. */
  async list(
    query: PageQuery & { readonly text?: string },
    signal: AbortSignal,
  ): Promise<Page<PipelineSummary>> {
    const text = query.text?.toLowerCase() ?? '';
    if (text !== '') return this.#search(text, query, signal);
    const { pipelines, ...page } = await pipelinePage(this.#api, query.page, pageSize(query), signal);
    return { items: pipelines.map(toSummary), ...page };
  }

  async #search(text: string, query: PageQuery, signal: AbortSignal): Promise<Page<PipelineSummary>> {
    const found: PipelineSummary[] = [];
    let token: string | undefined;
    let pages = 0;
    do {
      const page: ServerPage = await pipelinePage(this.#api, token, 200, signal);
      pages += 1;
      found.push(...page.pipelines.map(toSummary).filter((one) => holds(one, text)));
      token = page.next;
    } while (token !== undefined && pages < mostPages);
    const page = pageOf(found, query, ({ id }) => id);
    return token === undefined ? page : { ...page, cut: `Only the first ${mostPages * 200} were searched.` };
  }

  /** One pipeline in full: the version that the id means, else the newest one. */
  async get(id: PipelineId, signal: AbortSignal): Promise<Pipeline> {
    const { summary, specification } = await this.version(id, signal);
    const { blockers, notes } = judgeForCluster(specification);
    const { displayName, description, ...described } = describeSpecification(summary, specification);
    return {
      ...described,
      ...pick('displayName', summary.displayName ?? displayName),
      ...pick('description', summary.description ?? description),
      blockers,
      notes,
    };
  }

  /** The version that a run would be made from: the one that the id means, else the newest one. */
  async version(id: PipelineId, signal: AbortSignal): Promise<CheckedVersion> {
    const { pipeline: pipelineId, version: wanted } = partsOfId(id);
    const summary = await this.#summary(pipelineId, id, signal);
    const found =
      wanted === undefined
        ? await this.#newest(pipelineId, signal)
        : await this.#version(pipelineId, wanted, signal);
    if (found === undefined)
      throw new MlopsError('invalid', `The pipeline ${asName(summary.name)} has no version.`, {
        hint: 'Upload one first.',
      });
    const { pipeline_version_id: version, display_name: name = version } = found;
    return {
      summary: { ...summary, id, version: name },
      version,
      specification: checked(summary, found),
    };
  }

  async #summary(pipelineId: PipelineId, id: PipelineId, signal: AbortSignal): Promise<PipelineSummary> {
    const missing = noPipelineAt(this.#api.endpoint.name, id);
    if (pipelineId === '') throw missing;
    const path = `${root}/${part(pipelineId)}`;
    return toSummary(await this.#api.json({ path }, pipeline, signal).catch(orMissing(missing)));
  }

  async #newest(id: PipelineId, signal: AbortSignal): Promise<ApiVersion | undefined> {
    const query = { page_size: '1', sort_by: 'created_at desc' };
    const path = `${root}/${part(id)}/versions`;
    return (await this.#api.json({ path, query }, versionList, signal)).pipeline_versions[0];
  }

  async #version(id: PipelineId, wanted: string, signal: AbortSignal): Promise<ApiVersion> {
    const missing = noPipelineAt(this.#api.endpoint.name, versionId(id, wanted));
    if (wanted === '') throw missing;
    const path = `${root}/${part(id)}/versions/${part(wanted)}`;
    return this.#api.json({ path }, version, signal).catch(orMissing(missing));
  }

  /** The pipeline of exactly this name. */
  async named(name: string, signal: AbortSignal): Promise<PipelineId | undefined> {
    const { namespace } = this.#api.endpoint;
    const filter = filterOf([{ key: 'name', operation: 'EQUALS', string_value: name }]);
    const query = { page_size: '200', filter, namespace };
    const { pipelines } = await this.#api.json({ path: root, query }, pipelineList, signal);
    // The server compares without case.
    return pipelines.map(toSummary).find((one) => one.name === name)?.id;
  }

  versions(id: PipelineId, query: PageQuery, signal: AbortSignal): Promise<Page<PipelineVersion>> {
    return listVersions(this.#api, id, query, signal);
  }

  /** The version of exactly this name, counted as the newest one. */
  async newestNamed(id: PipelineId, name: string, signal: AbortSignal): Promise<PipelineVersion | undefined> {
    const filter = filterOf([{ key: 'name', operation: 'EQUALS', string_value: name }]);
    const path = `${root}/${part(id)}/versions`;
    const asked = { path, query: { page_size: '1', filter } };
    const [{ pipeline_versions: found }, { total = 0 }] = await Promise.all([
      this.#api.json(asked, versionList, signal),
      this.versions(id, { size: 1 }, signal),
    ]);
    return found.map((one) => toVersion(id, one, total))[0];
  }

  /** Deletes a version, or a pipeline with all its versions. */
  async delete(id: PipelineId, signal: AbortSignal): Promise<void> {
    const { pipeline: pipelineId, version: one } = partsOfId(id);
    const path = `${root}/${part(pipelineId)}`;
    const request =
      one === undefined ? { path, query: { cascade: 'true' } } : { path: `${path}/versions/${part(one)}` };
    if (pipelineId === '' || one === '') throw noPipelineAt(this.#api.endpoint.name, id);
    await this.#api
      .text({ method: 'DELETE', ...request }, signal)
      .catch(orMissing(noPipelineAt(this.#api.endpoint.name, id)));
  }

  /** The specification of a version; undefined when it is gone. */
  async stored(pipelineId: string, id: string, signal: AbortSignal): Promise<StoredSpec | undefined> {
    return keep(this.#versions, id, () => {
      const path = `${root}/${part(pipelineId)}/versions/${part(id)}`;
      return this.#api.json({ path }, version, signal).then(
        (found) => readStored(found.pipeline_spec as JsonObject | undefined),
        (error: unknown) => {
          if (error instanceof MlopsError && error.kind === 'notFound') return undefined;
          throw error;
        },
      );
    });
  }

  /** What a pipeline is called; its id when it is gone. */
  async nameOf(id: string, signal: AbortSignal): Promise<string> {
    return keep(this.#names, id, () =>
      this.#api.json({ path: `${root}/${part(id)}` }, pipeline, signal).then(
        (found) => toSummary(found).name,
        (error: unknown) => {
          if (error instanceof MlopsError && error.kind === 'notFound') return id;
          throw error;
        },
      ),
    );
  }
}

function toSummary({
  pipeline_id: id,
  name,
  display_name: shown,
  description,
}: ApiPipeline): PipelineSummary {
  const called = name ?? shown ?? id;
  return {
    id: id as PipelineId,
    name: called,
    ...(shown === undefined || shown === called ? {} : { displayName: shown }),
    ...pick('description', description),
    source: { kind: 'server' },
  };
}

function pick<K extends string>(key: K, value: string | undefined): { readonly [name in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [name in K]?: string };
}

function holds({ name, displayName, description }: PipelineSummary, text: string): boolean {
  return [name, displayName, description].some((one) => one?.toLowerCase().includes(text));
}

function checked({ name }: PipelineSummary, newest: ApiVersion): Specification {
  const stored = readStored(newest.pipeline_spec as JsonObject | undefined);
  if (stored.kind === 'spec') return stored.specification;
  const { what, message, hint } = stored.problem;
  throw new MlopsError(
    what === 'legacy_pipeline' ? 'unsupported' : 'invalid',
    `${asName(name)}: ${message}`,
    {
      hint,
    },
  );
}

/** Says that it is not there in the words of `missing`; passes on every other error. */
function orMissing(missing: MlopsError): (error: unknown) => never {
  return (error) => {
    throw error instanceof MlopsError && error.kind === 'notFound' ? missing : error;
  };
}

function noPipelineAt(connection: string, id: PipelineId): MlopsError {
  return new MlopsError('notFound', `There is no pipeline ${asName(id)} on ${connection}.`, {
    hint: 'List the pipelines to see which there are.',
  });
}
