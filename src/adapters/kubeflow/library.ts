import type { Page, PageQuery } from '../../core/domain/page.ts';
import type { Pipeline, PipelineId, PipelineSummary } from '../../core/domain/pipeline.ts';
import type { JsonObject } from '../../core/domain/json.ts';
import { describeSpecification } from '../../core/pipelineSpec/describeSpecification.ts';
import type { Specification } from '../../core/pipelineSpec/readSpecification.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { pageSize } from '../../core/ports/pages.ts';
import { asName } from '../../core/text/literal.ts';
import { pageOf } from '../node/pages.ts';
import { type KubeflowApi, part } from './api.ts';
import { judgeForCluster } from './judge.ts';
import { type ApiPipeline, type ApiVersion, pipeline, pipelineList, version, versionList } from './schema.ts';
import { readStored, type StoredSpec } from './specs.ts';

const root = '/apis/v2beta1/pipelines';
/** How many pipelines a search reads at most, in pages of 200. */
const mostPages = 50;
const mostKept = 200;

/** The newest version of a pipeline, checked. */
export interface NewestVersion {
  readonly summary: PipelineSummary;
  readonly version: string;
  readonly specification: Specification;
}

/** The pipelines that a server keeps, and their versions. */
export class PipelineLibrary {
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
    const page = await this.#page(query.page, pageSize(query), signal);
    const { next_page_token: next, total_size: total } = page;
    return {
      items: page.pipelines.map(toSummary),
      ...(next === undefined || next === '' ? {} : { next }),
      ...(total === undefined ? {} : { total }),
    };
  }

  #page(token: string | undefined, size: number, signal: AbortSignal) {
    const query = { page_size: String(size), sort_by: 'name', page_token: token };
    return this.#api.json({ path: root, query }, pipelineList, signal);
  }

  async #search(text: string, query: PageQuery, signal: AbortSignal): Promise<Page<PipelineSummary>> {
    const found: PipelineSummary[] = [];
    let token: string | undefined;
    let pages = 0;
    do {
      const page = await this.#page(token, 200, signal);
      pages += 1;
      found.push(...page.pipelines.map(toSummary).filter((one) => holds(one, text)));
      token = page.next_page_token === '' ? undefined : page.next_page_token;
    } while (token !== undefined && pages < mostPages);
    const page = pageOf(found, query, ({ id }) => id);
    return token === undefined ? page : { ...page, cut: `Only the first ${mostPages * 200} were searched.` };
  }

  /** One pipeline in full, by its newest version. */
  async get(id: PipelineId, signal: AbortSignal): Promise<Pipeline> {
    const { summary, specification } = await this.newest(id, signal);
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

  /** The version that a run of a pipeline would be made from. */
  async newest(id: PipelineId, signal: AbortSignal): Promise<NewestVersion> {
    const missing = noPipelineAt(this.#api.endpoint.name, id);
    if (id === '') throw missing;
    const path = `${root}/${part(id)}`;
    const found = await this.#api.json({ path }, pipeline, signal).catch((error: unknown) => {
      throw error instanceof MlopsError && error.kind === 'notFound' ? missing : error;
    });
    const query = { page_size: '1', sort_by: 'created_at desc' };
    const [newest] = (await this.#api.json({ path: `${path}/versions`, query }, versionList, signal))
      .pipeline_versions;
    const summary = toSummary(found);
    if (newest === undefined)
      throw new MlopsError('invalid', `The pipeline ${asName(summary.name)} has no version.`, {
        hint: 'Upload one first.',
      });
    return { summary, version: newest.pipeline_version_id, specification: checked(summary, newest) };
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

/** The value of a key, read once for all that ask; a failure is not kept. */
function keep<T>(kept: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  const reading = read();
  kept.set(key, reading);
  reading.catch(() => kept.delete(key));
  return reading;
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

function noPipelineAt(connection: string, id: PipelineId): MlopsError {
  return new MlopsError('notFound', `There is no pipeline ${asName(id)} on ${connection}.`, {
    hint: 'List the pipelines to see which there are.',
  });
}
