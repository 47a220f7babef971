import type { Page } from '../../core/domain/page.ts';
import type { Pipeline, PipelineId, PipelineSummary, TaskNode } from '../../core/domain/pipeline.ts';
import type { Run, RunId, RunSummary } from '../../core/domain/run.ts';
import type { Specification } from '../../core/pipelineSpec/readSpecification.ts';
import type { Environments } from '../../core/ports/environments.ts';
import type { HomeSpace } from '../../core/ports/homeSpace.ts';
import type { ByteRange } from '../../core/ports/objectStore.ts';
import type {
  BackendChange,
  Judgement,
  PipelineBackend,
  Preparation,
  RunQuery,
  RunRequest,
} from '../../core/ports/pipelineBackend.ts';
import { noPipeline } from '../../core/ports/pipelineErrors.ts';
import { throwIfAborted } from '../../core/ports/mlopsError.ts';
import { LocalEnvironments } from './environments/localEnvironments.ts';
import { homeAt } from './home.ts';
import { LocalStart } from './localStart.ts';
import type { LocalRunnerOptions } from './options.ts';
import { judgeSpecification } from './preparation.ts';
import { RunReader } from './runs/readRun.ts';
import { deleteRun, getRun, readLog, runFolder, stopRun } from './runs/runAccess.ts';
import { findRuns, listRuns } from './runs/listRuns.ts';
import { readTaskGraph } from './runs/readTaskGraph.ts';
import { readSource } from './runs/taskSource.ts';
import { watchHome } from './runs/watchHome.ts';
import { LocalSpace } from './space/localSpace.ts';

/**
 * The connection "This machine": runs in the home (docs/local-runner.md). It has no pipelines of its own and runs those
 * it is given.
 */
export function createLocalRunner(options: LocalRunnerOptions): PipelineBackend {
  return new LocalRunner(options);
}

class LocalRunner implements PipelineBackend {
  readonly connection;
  readonly #options: LocalRunnerOptions;
  readonly #home;
  readonly #reader: RunReader;
  readonly environments: Environments;
  readonly space: HomeSpace;
  readonly #start: LocalStart;

  constructor(options: LocalRunnerOptions) {
    this.#options = options;
    this.connection = options.connection;
    this.#home = homeAt(options.home, {
      shared: options.sharedHome ?? false,
      connection: this.connection.id,
    });
    this.#reader = new RunReader(this.#home, options.clock);
    const { pythons, runnerPackage } = options;
    this.environments = new LocalEnvironments({
      home: this.#home,
      reader: this.#reader,
      pythons,
      runnerPackage,
    });
    this.space = new LocalSpace({
      home: this.#home,
      reader: this.#reader,
      environments: this.environments,
      clock: options.clock,
    });
    this.#start = new LocalStart(options, this.#home, this.#reader);
  }

  async listPipelines(_query: unknown, signal: AbortSignal): Promise<Page<PipelineSummary>> {
    throwIfAborted(signal);
    return { items: [], total: 0 };
  }

  async getPipeline(id: PipelineId, signal: AbortSignal): Promise<Pipeline> {
    throwIfAborted(signal);
    throw noPipeline(id);
  }

  async judge(specification: Specification): Promise<Judgement> {
    return judgeSpecification(specification, this.#options.settings());
  }

  prepareRun(request: RunRequest, signal: AbortSignal): Promise<Preparation> {
    return this.#start.prepare(request, signal);
  }

  createRun(request: RunRequest, signal: AbortSignal): Promise<RunId> {
    return this.#start.create(request, signal);
  }

  async listRuns(query: RunQuery, signal: AbortSignal): Promise<Page<RunSummary>> {
    return listRuns(this.#home, this.#reader, query, signal);
  }

  getRun(id: RunId): Promise<Run> {
    return getRun(this.#reader, id);
  }

  taskGraph(id: RunId): Promise<readonly TaskNode[]> {
    return readTaskGraph(this.#home, this.#reader, id);
  }

  findRuns(text: string, signal: AbortSignal): Promise<readonly RunSummary[]> {
    return findRuns(this.#home, this.#reader, text, signal);
  }

  readLog(id: RunId, task: string, range: ByteRange & { readonly attempt?: number }, signal: AbortSignal) {
    return readLog(this.#home, this.#reader, { id, task }, range, signal);
  }

  readSource(id: RunId, task: string): Promise<string> {
    return readSource(this.#home, this.#reader, id, task);
  }

  runFolder(id: RunId): Promise<string> {
    return runFolder(this.#home, this.#reader, id);
  }

  stopRun(id: RunId): Promise<'requested' | 'alreadyEnded'> {
    return stopRun(this.#home, this.#reader, id);
  }

  deleteRun(id: RunId): Promise<void> {
    return deleteRun(this.#home, this.#reader, id);
  }

  watch(listener: (change: BackendChange) => void): () => void {
    const { clock, log } = this.#options;
    return watchHome({ home: this.#home, reader: this.#reader, clock, log }, listener);
  }
}
