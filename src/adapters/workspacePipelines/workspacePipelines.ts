import type { Page, PageQuery } from '../../core/domain/page.ts';
import {
  needsTrust,
  type PipelineId,
  type PipelineSource,
  type PipelineSummary,
} from '../../core/domain/pipeline.ts';
import { pythonFileOf, type PipelineVariant } from '../../core/domain/pipelineVariant.ts';
import { describeSpecification } from '../../core/pipelineSpec/describeSpecification.ts';
import type { GivenPipeline, GivenSpec } from '../../core/pipelineSpec/givenPipeline.ts';
import type { Specification } from '../../core/pipelineSpec/readSpecification.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { ApprovalStore, CompileApprovals } from '../../core/ports/compileApprovals.ts';
import type { Log } from '../../core/ports/log.ts';
import { inRestrictedMode, MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { CompilerEnvironment } from '../../core/ports/pipelineCompiler.ts';
import { needsCompiler, noPipeline } from '../../core/ports/pipelineErrors.ts';
import type { PipelineFiles } from '../../core/ports/pipelineFiles.ts';
import type { Pythons } from '../../core/ports/pythons.ts';
import type { WorkspaceFiles } from '../../core/ports/workspaceFiles.ts';
import { located } from '../node/packagePaths.ts';
import { pageOf } from '../node/pages.ts';
import { Approvals } from './approvals/approvals.ts';
import { PipelineCatalog, pythonEndings, sortKey } from './catalog.ts';
import type { CatalogEntry } from './entries.ts';
import { FindInPython } from './python/findInPython.ts';
import { outlinedPipeline, Outlines } from './python/outlines.ts';
import { PythonCompiler } from './python/pythonCompiler.ts';
import { contentKey, isBelow, type Reads } from './python/reads.ts';
import { ShippedPython } from './approvals/shippedPython.ts';
import { watchPipelines } from './watchPipelines.ts';

export interface WorkspacePipelinesOptions {
  readonly files: WorkspaceFiles;
  /** Absolute path of `resources/samples`. */
  readonly samplesFolder: string;
  /** Absolute path of `resources/python/mlops_runner`, which has the scripts that read and compile Python files. */
  readonly scripts: string;
  readonly pythons: Pythons;
  readonly compiler: CompilerEnvironment;
  /** Where approvals to compile are kept. */
  readonly approvals: ApprovalStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Variables that compiling gets in addition to the short list. */
  readonly passEnvironment: () => readonly string[];
}

const mostPython = 3000;

/** The pipelines in the files of the workspace, and the samples. */
export function createWorkspacePipelines(options: WorkspacePipelinesOptions): PipelineFiles {
  return new WorkspacePipelines(options);
}

class WorkspacePipelines implements PipelineFiles {
  readonly #options: WorkspacePipelinesOptions;
  readonly #catalog: PipelineCatalog;
  readonly #compiler: PythonCompiler;
  readonly #outlines: Outlines;
  readonly #approvals: Approvals;
  readonly #shipped: ShippedPython;
  readonly approvals: CompileApprovals;
  readonly compiler: CompilerEnvironment;

  constructor(options: WorkspacePipelinesOptions) {
    const { files, samplesFolder, scripts, pythons, log, passEnvironment } = options;
    this.#options = options;
    this.compiler = options.compiler;
    this.#catalog = new PipelineCatalog(files, new FindInPython(pythons, scripts, log), samplesFolder);
    this.#compiler = new PythonCompiler({ pythons, environment: this.compiler, scripts, passEnvironment });
    this.#outlines = new Outlines(pythons, scripts);
    this.#shipped = new ShippedPython(samplesFolder);
    this.#approvals = new Approvals({
      store: options.approvals,
      clock: options.clock,
      trusted: () => files.trusted(),
      importsOf: async (file, signal) => {
        const root = await this.#rootOf(file);
        return (await this.#outlines.of({ file, function: '', root }, signal)).files;
      },
      canCompile: (signal) => this.canCompile(signal),
      isSample: (file) => this.#shipped.holds(file),
    });
    this.approvals = this.#forPeople();
  }

  #forPeople(): CompileApprovals {
    const { files } = this.#options;
    const approvals = this.#approvals;
    return {
      approve: (id, signal) => this.#approve(id, signal),
      approveFolder: async (folder, signal) => {
        if (!files.trusted()) throw notTrusted(folder);
        const python = await files.find(pythonEndings, mostPython, signal);
        await approvals.approveFolder(
          folder,
          python.files.map((file) => file.path),
        );
      },
      list: async () => approvals.list(),
      revoke: async (ids) => approvals.revoke(ids),
      saving: (file) => approvals.saving(file),
      watch: (listener) => approvals.watch(listener),
    };
  }

  async #approve(id: PipelineId, signal: AbortSignal): Promise<void> {
    const entry = await this.#entry(id, signal);
    if (entry === undefined) throw noPipeline(id);
    const { from, summary } = entry;
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
    const summaries = entries.map((entry) => entry.summary).filter((summary) => holds(summary, query.text));
    const page = pageOf(summaries, query, sortKey);
    return cut === undefined ? page : { ...page, cut };
  }

  async find(
    id: PipelineId,
    signal: AbortSignal,
  ): Promise<(PipelineVariant & { readonly twin?: PipelineVariant }) | undefined> {
    return ((await this.#catalog.one(id, signal)) ?? this.#catalog.twinOf(id))?.summary;
  }

  async read(id: PipelineId, signal: AbortSignal): Promise<GivenPipeline | undefined> {
    const entry = await this.#entry(id, signal);
    return entry && this.#given(entry, signal);
  }

  async forRun(id: PipelineId, signal: AbortSignal): Promise<GivenSpec | undefined> {
    const entry = await this.#entry(id, signal);
    if (entry === undefined) return undefined;
    const { summary } = entry;
    if (!this.#options.files.trusted() && needsTrust(summary.source))
      throw inRestrictedMode('Nothing of a workspace in Restricted Mode is run.');
    const given = await this.#given(entry, signal);
    if (given.kind === 'uncompiled') await this.compiler.install(signal);
    const again = given.kind === 'uncompiled' ? await this.#given(entry, signal) : given;
    if (again.kind === 'outline') throw withoutYes(summary);
    if (again.kind === 'uncompiled') throw needsCompiler(summary, this.compiler);
    return again;
  }

  canCompile(signal: AbortSignal): Promise<boolean> {
    return this.#compiler.isPossible(signal);
  }

  /** The files that compiling a pipeline ran; of a compiled one those of the Python file beside it. */
  async importedFiles({ file, function: name }: PipelineSource): Promise<readonly string[]> {
    return file === undefined ? [] : this.#approvals.ranBy(pythonFileOf(file), name);
  }

  watch(listener: () => void): () => void {
    const { files, clock } = this.#options;
    return watchPipelines(files, clock, listener);
  }

  /** The entry of an id. Throws invalid for a pipeline with a problem. */
  async #entry(id: PipelineId, signal: AbortSignal): Promise<CatalogEntry | undefined> {
    throwIfAborted(signal);
    const entry = await this.#catalog.one(id, signal);
    if (entry?.summary.problem === undefined) return entry;
    const { problem, source } = entry.summary;
    const place = problem.line === undefined ? source.label : `${source.label}, line ${problem.line}`;
    throw new MlopsError('invalid', `${place}:`, { outside: problem.message, hint: problem.hint });
  }

  /** Reads an entry as far as is allowed: a Python file is compiled when its content is approved. */
  async #given({ from, summary }: CatalogEntry, signal: AbortSignal): Promise<GivenPipeline> {
    if (from.kind === 'spec')
      return givenSpec(summary, from.specification, await this.#rootOf(summary.source.file ?? ''));
    if (from.kind === 'problem')
      throw new MlopsError('invalid', `${summary.name} is no pipeline that can be used.`);
    const { file: place, function: name } = from;
    const root = await this.#rootOf(place);
    const source = { file: place, function: name, root, label: summary.source.label ?? place };
    if (!(await this.#approvals.allows(source, signal))) {
      const outline = await this.#outlines.of(source, signal);
      const pipeline = outlinedPipeline(summary, outline);
      const content = await contentKey(outline.files);
      return { kind: 'outline', pipeline, incomplete: outline.incomplete, content };
    }
    const onRead = (read: Reads) => this.#approvals.record(source, read);
    const compiled = await this.#compiler.compile(source, onRead, signal);
    return compiled ? givenSpec(summary, compiled, root) : { kind: 'uncompiled', pipeline: summary };
  }

  /** The open folder that a file belongs to; none for a file that needs no approval, which imports nothing else. */
  async #rootOf(file: string): Promise<string | undefined> {
    if (await this.#shipped.holds(file)) return undefined;
    const around = this.#options.files.folders().filter((folder) => isBelow(file, folder));
    return around.toSorted((a, b) => b.length - a.length)[0];
  }
}

/** `root` is the workspace folder that paths in the specification start at. */
function givenSpec(summary: PipelineSummary, document: Specification, root: string | undefined): GivenSpec {
  const specification = root === undefined ? document : { ...document, root };
  const pipeline = describeSpecification(summary, specification, (requirement) => located(requirement, root));
  return { kind: 'spec', pipeline, specification };
}

function holds(summary: PipelineSummary, text: string | undefined): boolean {
  if (text === undefined || text === '') return true;
  const wanted = text.toLowerCase();
  const { name, displayName, description, source } = summary;
  return [name, displayName, description, source.label].some((field) =>
    field?.toLowerCase().includes(wanted),
  );
}

function withoutYes({ name, source }: PipelineSummary): MlopsError {
  const message = `${source.label ?? name} was not compiled: nobody has said yes to running it as it is now.`;
  const hint = 'Run it from its row, its line in the code or the palette, or ask for it in the chat again.';
  return new MlopsError('forbidden', message, { hint });
}

/** The error for a file that would have to be compiled in Restricted Mode. */
function notTrusted(label: string): MlopsError {
  return inRestrictedMode(
    `${label} has to be compiled, and nothing of a workspace in Restricted Mode is run.`,
  );
}
