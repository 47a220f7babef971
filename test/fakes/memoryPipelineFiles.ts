import type { Page, PageQuery } from '../../src/core/domain/page.ts';
import type { Pipeline, PipelineId, PipelineSummary } from '../../src/core/domain/pipeline.ts';
import type { PipelineVariant } from '../../src/core/domain/pipelineVariant.ts';
import { describeSpecification } from '../../src/core/pipelineSpec/describeSpecification.ts';
import type { GivenPipeline, GivenSpec } from '../../src/core/pipelineSpec/givenPipeline.ts';
import type { Specification } from '../../src/core/pipelineSpec/readSpecification.ts';
import { MlopsError } from '../../src/core/ports/mlopsError.ts';
import { needsCompiler } from '../../src/core/ports/pipelineErrors.ts';
import type { PipelineFiles } from '../../src/core/ports/pipelineFiles.ts';
import { MemoryApprovals } from './memoryApprovals.ts';
import { pageOfItems } from './pages.ts';

/** One file: a specification, which of a Python file is there only once it is compiled. */
interface PipelineFile {
  readonly summary: PipelineSummary;
  readonly specification?: Specification;
  /** What the syntax tree of a Python file says. */
  readonly outline?: Pipeline;
}

/** The pipelines of a workspace in memory. */
export class MemoryPipelineFiles implements PipelineFiles {
  readonly approvals = new MemoryApprovals();
  isTrusted = true;
  /** True when the SDK is there. */
  installed = true;
  /** What could not be looked at. */
  cut: string | undefined;
  readonly #files = new Map<PipelineId, PipelineFile>();
  readonly #listeners = new Set<() => void>();
  readonly compiler = {
    packages: ['kfp==2.17.0'],
    bytes: 20_000_000,
    isInstalled: async () => this.installed,
    install: async () => void (this.installed = true),
  };

  /** Adds a compiled pipeline, or changes it. */
  addSpec(id: string, specification: Specification, more: Partial<PipelineSummary> = {}): PipelineId {
    const { name, description } = specification.spec.pipelineInfo;
    const described = description === undefined ? {} : { description };
    const source = { kind: 'yaml', file: `/workspace/${id}`, label: id } as const;
    return this.#add({
      summary: { id: id as PipelineId, name, source, ...described, ...more },
      specification,
    });
  }

  /** Adds a Python file, which comes to a specification once it is compiled. */
  addPython(id: string, specification: Specification, packages: readonly string[] = []): PipelineId {
    const [label = id] = id.split(':', 1);
    const source = { kind: 'python', file: `/workspace/${label}`, label } as const;
    const summary = { id: id as PipelineId, name: specification.spec.pipelineInfo.name, source };
    const pipeline = describeSpecification(summary, specification);
    return this.#add({ summary, specification, outline: { ...pipeline, outline: true, packages } });
  }

  /** Adds a file that is no pipeline though it should be. */
  addBroken(id: string, name: string, message: string): PipelineId {
    const source = { kind: 'yaml', file: `/workspace/${id}`, label: id } as const;
    const problem = { what: 'broken_reference', message };
    return this.#add({ summary: { id: id as PipelineId, name, source, problem } });
  }

  #add(file: PipelineFile): PipelineId {
    this.#files.set(file.summary.id, file);
    for (const listener of this.#listeners) listener();
    return file.summary.id;
  }

  async list(
    query: PageQuery & { readonly text?: string },
    signal: AbortSignal,
  ): Promise<Page<PipelineSummary>> {
    throwIfAborted(signal);
    const text = query.text?.toLowerCase() ?? '';
    const held = [...this.#files.values()]
      .map(({ summary }) => summary)
      .filter(({ name, displayName, description, source }) =>
        [name, displayName, description, source.label].some((field) => field?.toLowerCase().includes(text)),
      );
    const page = pageOfItems(held, query, (pipeline) => `${pipeline.name.toLowerCase()}\n${pipeline.id}`);
    return this.cut === undefined ? page : { ...page, cut: this.cut };
  }

  async find(id: PipelineId): Promise<(PipelineVariant & { readonly twin?: PipelineVariant }) | undefined> {
    const all = [...this.#files.values()].map(({ summary }) => summary);
    return all.find((pipeline) => pipeline.id === id) ?? all.find((pipeline) => pipeline.twin?.id === id);
  }

  async read(id: PipelineId, signal: AbortSignal): Promise<GivenPipeline | undefined> {
    throwIfAborted(signal);
    const file = this.#files.get(id);
    if (file === undefined) return undefined;
    const { summary, specification, outline } = file;
    if (summary.problem !== undefined || specification === undefined)
      throw new MlopsError('invalid', `${id}:`, { outside: summary.problem?.message });
    if (outline !== undefined && !(this.isTrusted && this.approvals.allows(id)))
      return {
        kind: 'outline',
        pipeline: outline,
        incomplete: false,
        content: JSON.stringify(specification),
      };
    if (outline !== undefined && !this.installed) return { kind: 'uncompiled', pipeline: summary };
    return { kind: 'spec', pipeline: describeSpecification(summary, specification), specification };
  }

  async forRun(id: PipelineId, signal: AbortSignal): Promise<GivenSpec | undefined> {
    throwIfAborted(signal);
    if (!this.isTrusted && this.#files.has(id))
      throw new MlopsError('forbidden', 'Nothing of a workspace in Restricted Mode is run.');
    const first = await this.read(id, signal);
    if (first?.kind === 'uncompiled') await this.compiler.install();
    const given = first?.kind === 'uncompiled' ? await this.read(id, signal) : first;
    if (given?.kind === 'outline')
      throw new MlopsError('forbidden', `Nobody has said yes to compiling ${given.pipeline.source.label}.`);
    if (given?.kind === 'uncompiled') throw needsCompiler(given.pipeline, this.compiler);
    return given;
  }

  async canCompile(): Promise<boolean> {
    return this.installed;
  }

  async importedFiles(): Promise<readonly string[]> {
    return [];
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new MlopsError('cancelled', 'Cancelled.');
}
