import type { ConnectionId } from '../../core/domain/connection.ts';
import type { Pipeline, PipelineId } from '../../core/domain/pipeline.ts';
import type { Run, RunId, RunSummary } from '../../core/domain/run.ts';
import type { Page, PageQuery } from '../../core/domain/page.ts';
import type { PipelineSource, PipelineSummary } from '../../core/domain/pipeline.ts';
import type { CompileApprovals } from '../../core/ports/compileApprovals.ts';
import type { Environments } from '../../core/ports/environments.ts';
import type { HomeSpace } from '../../core/ports/homeSpace.ts';
import type { ByteRange } from '../../core/ports/objectStore.ts';
import type {
  BackendChange,
  PipelineBackend,
  PipelineCompiler,
  Preparation,
  RunQuery,
  RunRequest,
} from '../../core/ports/pipelineBackend.ts';
import { LocalEnvironments } from './environments/localEnvironments.ts';
import { homeAt } from './home.ts';
import type { LocalRunnerOptions } from './options.ts';
import { LocalPipelines } from './localPipelines.ts';
import { LocalStart } from './localStart.ts';
import { PythonCompiler } from './pipelines/pythonCompiler.ts';
import { COMPILER_BYTES, COMPILER_INSTALL } from './environments/compilerEnvironment.ts';
import { RunReader } from './runs/readRun.ts';
import { deleteRun, getRun, listRuns, readLog, runFolder, stopRun } from './runs/runAccess.ts';
import { readSource } from './runs/taskSource.ts';
import { LocalSpace } from './space/localSpace.ts';
import { watchHome } from './runs/watchHome.ts';

/** The connection "This machine": pipelines of the workspace, runs in the home (docs/local-runner.md). */
export function createLocalRunner(options: LocalRunnerOptions): PipelineBackend {
  return new LocalRunner(options);
}

class LocalRunner implements PipelineBackend {
  readonly connection;
  readonly #options: LocalRunnerOptions;
  readonly #home;
  readonly #reader: RunReader;
  readonly #pipelines: LocalPipelines;
  readonly compiler: PipelineCompiler;
  readonly environments: Environments;
  readonly space: HomeSpace;
  readonly approvals: CompileApprovals;
  readonly #start: LocalStart;

  constructor(options: LocalRunnerOptions) {
    this.#options = options;
    this.connection = {
      id: 'this-machine' as ConnectionId,
      kind: 'thisMachine',
      name: options.connectionName,
      readOnly: false,
    } as const;
    this.#home = homeAt(options.home, { shared: options.sharedHome ?? false });
    this.#reader = new RunReader(this.#home, options.clock);
    const { pythons } = options;
    const compiler = new PythonCompiler(options, this.#home, pythons);
    this.compiler = {
      packages: COMPILER_INSTALL,
      bytes: COMPILER_BYTES,
      isInstalled: (signal) => compiler.isInstalled(signal),
      install: (signal) => compiler.install(signal),
    };
    const { runnerPackage } = options;
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
    this.#pipelines = new LocalPipelines(options, pythons, compiler);
    this.approvals = this.#pipelines.approvals;
    this.#start = new LocalStart(options, this.#home, {
      connection: this.connection.id,
      pipelines: this.#pipelines,
      pythons,
      compiler,
    });
  }

  listPipelines(
    query: PageQuery & { readonly text?: string },
    signal: AbortSignal,
  ): Promise<Page<PipelineSummary>> {
    return this.#pipelines.list(query, signal);
  }

  getPipeline(id: PipelineId, signal: AbortSignal): Promise<Pipeline> {
    return this.#pipelines.get(id, signal);
  }

  prepareRun(request: RunRequest, signal: AbortSignal): Promise<Preparation> {
    return this.#start.prepare(request, signal);
  }

  createRun(request: RunRequest, signal: AbortSignal): Promise<RunId> {
    return this.#start.create(request, signal);
  }

  async listRuns(query: RunQuery, signal: AbortSignal): Promise<Page<RunSummary>> {
    const { pipeline } = query;
    const wanted = pipeline === undefined ? undefined : await this.#pipelines.formOf(pipeline, signal);
    return listRuns(this.#home, this.#reader, query, wanted, signal);
  }

  getRun(id: RunId): Promise<Run> {
    return getRun(this.#reader, id);
  }

  readLog(id: RunId, task: string, range: ByteRange & { readonly attempt?: number }, signal: AbortSignal) {
    return readLog(this.#home, this.#reader, { id, task }, range, signal);
  }

  readSource(id: RunId, task: string): Promise<string> {
    return readSource(this.#home, this.#reader, id, task);
  }

  async importedFiles(source: PipelineSource): Promise<readonly string[]> {
    return this.#pipelines.importedFiles(source);
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
    const { clock, log, files } = this.#options;
    return watchHome({ home: this.#home, reader: this.#reader, clock, log, files }, listener);
  }
}
