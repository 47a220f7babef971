import type { Pipeline, PipelineId } from '../../src/core/domain/pipeline.ts';
import { partsOfId, type PipelineVersion, versionId } from '../../src/core/domain/pipelineVersion.ts';
import { MlopsError } from '../../src/core/ports/mlopsError.ts';
import type { PipelineLibrary, UploadRequest } from '../../src/core/ports/pipelineLibrary.ts';
import type { FakePipelineBackend } from './fakePipelineBackend.ts';
import { pageOfItems } from './pages.ts';

/** The pipelines that a fake backend keeps. Those that it lists have one version; more are uploaded. */
export class MemoryLibrary implements PipelineLibrary {
  readonly #backend: FakePipelineBackend;
  /** The oldest first. */
  readonly #versions = new Map<PipelineId, readonly PipelineVersion[]>();

  constructor(backend: FakePipelineBackend) {
    this.#backend = backend;
  }

  async named(name: string): Promise<PipelineId | undefined> {
    return [...this.#backend.pipelines.values()].find(
      (one) => one.name === name && one.source.kind === 'server' && !one.id.includes('@'),
    )?.id;
  }

  async versions(id: PipelineId, query: Parameters<PipelineLibrary['versions']>[1]) {
    const newest = this.#of(id).toReversed();
    return pageOfItems(newest, query, ({ number }) => String(1e9 - number));
  }

  async upload({ into, name, ...request }: UploadRequest, signal: AbortSignal) {
    const wanted = await this.#backend.agreedTo(request, signal);
    if (into === undefined && (await this.named(name)) !== undefined) throw taken(name);
    return into === undefined
      ? this.#add({ ...wanted, name }, `kept-${name}` as PipelineId, [], name)
      : this.#add({ ...wanted, name: this.#nameOf(into) }, into, this.#of(into), name);
  }

  #add(kept: Pipeline, pipeline: PipelineId, older: readonly PipelineVersion[], name: string) {
    const backend = this.#backend;
    if (older.some((one) => one.name === name)) throw taken(name);
    const number = older.length + 1;
    const id = versionId(pipeline, name);
    const version = { id, pipeline, name, number, createdAt: backend.clock.now() };
    this.#versions.set(pipeline, [...older, version]);
    backend.calls.push(older.length === 0 ? `upload ${name}` : `upload ${name} into ${kept.name}`);
    for (const one of [pipeline, id])
      backend.addPipeline({ ...kept, id: one, source: { kind: 'server' }, version: name });
    return version;
  }

  async delete(id: PipelineId): Promise<void> {
    const backend = this.#backend;
    const { pipeline, version } = partsOfId(id);
    if (!backend.pipelines.has(id)) throw new MlopsError('notFound', `There is no pipeline ${id}.`);
    backend.calls.push(`delete ${id}`);
    backend.pipelines.delete(id);
    if (version !== undefined) {
      this.#versions.set(
        pipeline,
        this.#of(pipeline).filter((one) => one.id !== id),
      );
      return;
    }
    for (const one of this.#of(id)) backend.pipelines.delete(one.id);
    this.#versions.delete(id);
  }

  #nameOf(id: PipelineId): string {
    return this.#backend.pipelines.get(id)?.name ?? id;
  }

  #of(id: PipelineId): readonly PipelineVersion[] {
    const known = this.#versions.get(id);
    if (known !== undefined) return known;
    const pipeline = this.#backend.pipelines.get(id);
    if (pipeline === undefined) throw new MlopsError('notFound', `There is no pipeline ${id}.`);
    const first = { id: versionId(id, '1'), pipeline: id, name: pipeline.name, number: 1, createdAt: 0 };
    this.#versions.set(id, [first]);
    this.#backend.addPipeline({ ...pipeline, id: first.id, version: first.name });
    return [first];
  }
}

function taken(name: string): MlopsError {
  return new MlopsError('conflict', `There is one called ${name} already.`);
}
