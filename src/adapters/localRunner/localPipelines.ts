import type { Page, PageQuery } from '../../core/domain/page.ts';
import type { Pipeline, PipelineId, PipelineSummary } from '../../core/domain/pipeline.ts';
import type { PipelineForm } from '../../core/domain/pipelineForm.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { throwIfAborted } from './fileErrors.ts';
import type { LocalRunnerOptions } from './options.ts';
import { pageOf } from './pages.ts';
import { PipelineCatalog, sortKey } from './pipelines/catalog.ts';
import type { CatalogEntry } from './pipelines/catalog.ts';
import { FindInPython } from './pipelines/findInPython.ts';
import type { PythonCompiler } from './pipelines/pythonCompiler.ts';
import { toPipeline } from './pipelines/toPipeline.ts';
import type { Pythons } from './python/pythons.ts';
import type { SpecFile } from './spec/readPipelineFile.ts';

/** The pipelines of the workspace and the samples. */
export class LocalPipelines {
  readonly #catalog: PipelineCatalog;
  readonly #compiler: PythonCompiler;

  constructor(options: LocalRunnerOptions, pythons: Pythons, compiler: PythonCompiler) {
    const finder = new FindInPython(pythons, options.runnerPackage, options.log);
    this.#catalog = new PipelineCatalog(options.files, finder, options.samplesFolder);
    this.#compiler = compiler;
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
    const file = await this.spec(entry, signal);
    if (!file) throw needsCompiler(entry.summary);
    return toPipeline(entry.summary, file);
  }

  /** The entry of an id. Throws notFound, and invalid for a pipeline that has a problem. */
  async entry(id: PipelineId, signal: AbortSignal): Promise<CatalogEntry> {
    throwIfAborted(signal);
    const entry = await this.#catalog.one(id, signal);
    if (!entry) {
      const hint = 'List the pipelines to see which there are.';
      throw new MlopsError('notFound', `There is no pipeline ${id} in the workspace or the samples.`, {
        hint,
      });
    }
    const { problem, source } = entry.summary;
    if (!problem) return entry;
    const place = problem.line === undefined ? source.label : `${source.label}, line ${problem.line}`;
    throw new MlopsError('invalid', `${place}:`, { outside: problem.message, hint: problem.hint });
  }

  /** The specification of an entry. A Python file is compiled; undefined when nothing here can compile it. */
  async spec(entry: CatalogEntry, signal: AbortSignal): Promise<SpecFile | undefined> {
    const { from, summary } = entry;
    if (from.kind === 'spec') return from.file;
    if (from.kind === 'problem')
      throw new MlopsError('invalid', `${summary.name} is no pipeline that can be used.`);
    const label = summary.source.label ?? from.file;
    return this.#compiler.compile({ file: from.file, function: from.function, label }, signal);
  }

  /** A pipeline as runs may name it; one that is not there by its id alone. */
  async formOf(
    id: PipelineId,
    signal: AbortSignal,
  ): Promise<PipelineForm & { readonly twin?: PipelineForm }> {
    const entry = (await this.#catalog.one(id, signal)) ?? this.#catalog.twinOf(id);
    return entry?.summary ?? { id };
  }
}

/** What is said about a Python pipeline that nothing on this machine can compile yet. */
export function needsCompiler(summary: PipelineSummary): MlopsError {
  const message = `${summary.name} is a Python file, and compiling it needs the Kubeflow Pipelines SDK, which was not found here.`;
  const hint =
    'Ask @mlops to install the pipeline compiler (about 20 MB, into an environment of its own), or install it into the Python that the setting mlops.local.python names: pip install kfp==2.17.0.';
  return new MlopsError('unsupported', message, { hint });
}

function holds(summary: PipelineSummary, text: string | undefined): boolean {
  if (text === undefined || text === '') return true;
  const wanted = text.toLowerCase();
  const { name, displayName, description, source } = summary;
  return [name, displayName, description, source.label].some((one) => one?.toLowerCase().includes(wanted));
}
