import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import type { CompileApproval, CompileApprovals } from '../../src/core/ports/compileApprovals.ts';

/** Which pipelines may be compiled, in memory. A test changes a file by taking its yes back. */
export class MemoryApprovals implements CompileApprovals {
  readonly #given = new Map<string, CompileApproval>();
  readonly #listeners = new Set<() => void>();

  allows(pipeline: PipelineId): boolean {
    return this.#given.has(`file:${pipeline}`);
  }

  async approve(pipeline: PipelineId): Promise<void> {
    this.#add({ id: `file:${pipeline}`, scope: 'file', path: pipeline, at: 0 });
  }

  async approveFolder(folder: string): Promise<void> {
    this.#add({ id: `folder:${folder}`, scope: 'folder', path: folder, at: 0 });
  }

  async list(): Promise<readonly CompileApproval[]> {
    return [...this.#given.values()].toReversed();
  }

  async revoke(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#given.delete(id);
    this.#tell();
  }

  async saving(): Promise<() => Promise<void>> {
    return async () => undefined;
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #add(approval: CompileApproval): void {
    this.#given.set(approval.id, approval);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
