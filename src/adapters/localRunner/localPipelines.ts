import type { Page, PageQuery } from '../../core/domain/page.ts';
import type { Pipeline, PipelineId, PipelineSource, PipelineSummary } from '../../core/domain/pipeline.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { Home } from './home.ts';
import type { LocalRunnerOptions } from './options.ts';
import { pageOf } from './pages.ts';
import { PipelineCatalog, sortKey } from './pipelines/catalog.ts';
import type { CatalogEntry } from './pipelines/catalog.ts';
import { toPipeline } from './pipelines/toPipeline.ts';
import type { SpecFile } from './spec/readPipelineFile.ts';

/** The pipelines of the workspace and the samples. */
export class LocalPipelines {
  readonly #catalog: PipelineCatalog;

  constructor(options: LocalRunnerOptions, _home: Home) {
    const finder = { find: () => Promise.resolve({ pipelines: [] }) };
    this.#catalog = new PipelineCatalog(options.files, finder, options.samplesFolder);
  }

  async list(
    query: PageQuery & { readonly text?: string },
    signal: AbortSignal,
  ): Promise<Page<PipelineSummary>> {
    const { entries, cut } = await this.#catalog.all(signal);
    const found = entries.map((entry) => entry.summary).filter((summary) => holds(summary, query.text));
    const page = pageOf(found, query, sortKey);
    return cut === undefined ? page : { ...page, cut };
  }

  async get(id: PipelineId, signal: AbortSignal): Promise<Pipeline> {
    const entry = await this.entry(id, signal);
    return toPipeline(entry.summary, await this.spec(entry, signal));
  }

  /** The entry of an id. Throws notFound, and invalid for a pipeline that has a problem. */
  async entry(id: PipelineId, signal: AbortSignal): Promise<CatalogEntry> {
    const { entries } = await this.#catalog.all(signal);
    const entry = entries.find((one) => one.summary.id === id);
    if (!entry)
      throw new MlopsError('notFound', `There is no pipeline ${id} in the workspace or the samples.`, {
        hint: 'List the pipelines to see which there are.',
      });
    const { problem, source } = entry.summary;
    if (problem) {
      const place = problem.line === undefined ? source.label : `${source.label}, line ${problem.line}`;
      throw new MlopsError('invalid', `${place}: ${problem.message}`, { hint: problem.hint });
    }
    return entry;
  }

  /** The specification of an entry; a Python file is compiled. */
  spec(entry: CatalogEntry, _signal: AbortSignal): Promise<SpecFile> {
    if (entry.from.kind === 'spec') return Promise.resolve(entry.from.file);
    throw new MlopsError('unsupported', 'Python');
  }

  /** Where a pipeline comes from, when it is there. */
  async sourceOf(id: PipelineId, signal: AbortSignal): Promise<PipelineSource | undefined> {
    const { entries } = await this.#catalog.all(signal);
    return entries.find((one) => one.summary.id === id)?.summary.source;
  }
}

function holds(summary: PipelineSummary, text: string | undefined): boolean {
  if (text === undefined || text === '') return true;
  const wanted = text.toLowerCase();
  const { name, displayName, description, source } = summary;
  return [name, displayName, description, source.label].some((one) => one?.toLowerCase().includes(wanted));
}
