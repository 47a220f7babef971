import type { Page, PageQuery } from '../../core/domain/page.ts';
import type { Pipeline, PipelineId, PipelineSource, PipelineSummary } from '../../core/domain/pipeline.ts';
import type { CompileApprovals } from '../../core/ports/compileApprovals.ts';
import { pythonFileOf, type PipelineForm } from '../../core/domain/pipelineForm.ts';
import { MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import { size } from '../../core/text/units.ts';
import type { LocalRunnerOptions } from './options.ts';
import { pageOf } from '../node/pages.ts';
import { Approvals } from './pipelines/approvals.ts';
import { PipelineCatalog, PYTHON_ENDINGS, sortKey } from './pipelines/catalog.ts';
import type { CatalogEntry } from './pipelines/entries.ts';
import { FindInPython } from './pipelines/findInPython.ts';
import { outlinedPipeline, Outlines } from './pipelines/outlines.ts';
import type { Outline } from './pipelines/outlines.ts';
import { notTrusted } from './pipelines/pythonCompiler.ts';
import type { PythonCompiler } from './pipelines/pythonCompiler.ts';
import { contentKey, isBelow } from './pipelines/reads.ts';
import type { Reads } from './pipelines/reads.ts';
import { ShippedPython } from './pipelines/shippedPython.ts';
import { toPipeline } from './pipelines/toPipeline.ts';
import { COMPILER_BYTES } from './environments/compilerEnvironment.ts';
import type { Pythons } from '../../core/ports/pythons.ts';
import type { Specification } from '../../core/pipelineSpec/readSpecification.ts';

/** A pipeline as far as it may be read: compiled, by its syntax tree where it has no yes, or not at all without the SDK. */
export type Reading =
  | { readonly kind: 'spec'; readonly specification: Specification }
  | { readonly kind: 'outline'; readonly outline: Outline; readonly content: string }
  | { readonly kind: 'noCompiler' };

const MOST_PYTHON = 3000;

/** The pipelines of the workspace and the samples. */
export class LocalPipelines {
  readonly #options: LocalRunnerOptions;
  readonly #catalog: PipelineCatalog;
  readonly #compiler: PythonCompiler;
  readonly #outlines: Outlines;
  readonly #approvals: Approvals;
  readonly #shipped: ShippedPython;

  constructor(options: LocalRunnerOptions, pythons: Pythons, compiler: PythonCompiler) {
    const finder = new FindInPython(pythons, options.runnerPackage, options.log);
    this.#catalog = new PipelineCatalog(options.files, finder, options.samplesFolder);
    this.#compiler = compiler;
    this.#options = options;
    this.#outlines = new Outlines(pythons, options.runnerPackage);
    this.#shipped = new ShippedPython(options.samplesFolder);
    this.#approvals = new Approvals({
      store: options.approvals,
      clock: options.clock,
      trusted: () => options.files.trusted(),
      importsOf: async (file, signal) => {
        const root = await this.#rootOf(file);
        return (await this.#outlines.of({ file, function: '', root }, signal)).files;
      },
      canCompile: (signal) => compiler.isPossible(signal),
      isSample: (file) => this.#shipped.holds(file),
    });
  }

  /** Which files may be compiled, for people. */
  get approvals(): CompileApprovals {
    const approvals = this.#approvals;
    return {
      approve: (id, signal) => this.#approve(id, signal),
      approveFolder: async (folder, signal) => {
        if (!this.#options.files.trusted()) throw notTrusted(folder);
        const { files } = await this.#options.files.find(PYTHON_ENDINGS, MOST_PYTHON, signal);
        await approvals.approveFolder(
          folder,
          files.map((file) => file.path),
        );
      },
      list: async () => approvals.list(),
      revoke: async (ids) => approvals.revoke(ids),
      saving: (file) => approvals.saving(file),
      watch: (listener) => approvals.watch(listener),
    };
  }

  async #approve(id: PipelineId, signal: AbortSignal): Promise<void> {
    const { from, summary } = await this.entry(id, signal);
    if (from.kind !== 'python') return;
    if (!this.#options.files.trusted()) throw notTrusted(summary.source.label ?? from.file);
    await this.#approvals.approve(from.file, signal);
    this.#compiler.forgetUnknown(from.file);
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
    const reading = await this.read(entry, signal);
    if (reading.kind === 'outline') return outlinedPipeline(entry.summary, reading.outline);
    if (reading.kind === 'noCompiler') throw needsCompiler(entry.summary);
    return toPipeline(entry.summary, reading.specification, this.#options.settings());
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

  /** An entry as far as it may be read. A Python file is compiled when its content has a yes. */
  async read(entry: CatalogEntry, signal: AbortSignal): Promise<Reading> {
    const { from, summary } = entry;
    if (from.kind === 'spec')
      return this.#spec(from.specification, await this.#rootOf(summary.source.file ?? ''));
    if (from.kind === 'problem')
      throw new MlopsError('invalid', `${summary.name} is no pipeline that can be used.`);
    const { file: place, function: name } = from;
    const root = await this.#rootOf(place);
    const source = { file: place, function: name, root, label: summary.source.label ?? place };
    if (!(await this.#approvals.allows(source, signal))) {
      const outline = await this.#outlines.of(source, signal);
      return { kind: 'outline', outline, content: await contentKey(outline.files) };
    }
    const told = (read: Reads) => this.#approvals.record(source, read);
    const compiled = await this.#compiler.compile(source, told, signal);
    return compiled ? this.#spec(compiled, root) : { kind: 'noCompiler' };
  }

  #spec(found: Specification, root: string | undefined): Reading {
    return { kind: 'spec', specification: root === undefined ? found : { ...found, root } };
  }

  /** The files that compiling a pipeline ran; of a compiled one those of the Python file beside it. */
  importedFiles({ file, function: name }: PipelineSource): readonly string[] {
    return file === undefined ? [] : this.#approvals.ranBy(pythonFileOf(file), name);
  }

  /** The open folder that a file belongs to; none for a file that needs no yes, which imports nothing else. */
  async #rootOf(file: string): Promise<string | undefined> {
    if (await this.#shipped.holds(file)) return undefined;
    const around = this.#options.files.folders().filter((folder) => isBelow(file, folder));
    return around.toSorted((a, b) => b.length - a.length)[0];
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
  const hint = `Ask @mlops to install the pipeline compiler (about ${size(COMPILER_BYTES)} on disk, in an environment of its own), or install it into the Python that the setting mlops.local.python names: pip install kfp==2.17.0.`;
  return new MlopsError('unsupported', message, { hint });
}

function holds(summary: PipelineSummary, text: string | undefined): boolean {
  if (text === undefined || text === '') return true;
  const wanted = text.toLowerCase();
  const { name, displayName, description, source } = summary;
  return [name, displayName, description, source.label].some((one) => one?.toLowerCase().includes(wanted));
}
