import type { ConnectionInfo } from '../domain/connection.ts';
import type { Json } from '../domain/json.ts';
import type { Page, PageQuery } from '../domain/page.ts';
import type {
  PackageSource,
  Pipeline,
  PipelineId,
  PipelineSummary,
  Remark,
  PipelineSource,
} from '../domain/pipeline.ts';
import type { PipelineVariant } from '../domain/pipelineVariant.ts';
import type { Run, RunId, RunState, RunSummary } from '../domain/run.ts';
import type { CompileApprovals } from './compileApprovals.ts';
import type { GivenPipeline } from '../pipelineSpec/givenPipeline.ts';
import type { Specification } from '../pipelineSpec/readSpecification.ts';
import type { Environments } from './environments.ts';
import type { HomeSpace } from './homeSpace.ts';
import type { MlopsError } from './mlopsError.ts';
import type { ByteRange } from './objectStore.ts';
import type { PipelineCompiler } from './pipelineCompiler.ts';

/** What to run. `parameters` are already checked against the pipeline and need not name those with defaults. */
export interface RunRequest {
  readonly pipeline: PipelineId;
  /** The pipeline itself where the connection does not have it: one of the workspace. It is run in place of the connection's. */
  readonly given?: GivenPipeline;
  readonly name?: string;
  readonly parameters: { readonly [name: string]: Json };
  /** False: every task runs anew. */
  readonly cache: boolean;
  /** The same key never makes a second run; the first one's id is returned again. */
  readonly idempotencyKey: string;
  /** The `fingerprint` of the preparation that the person said yes to; without it nothing is compared. */
  readonly agreed?: string;
}

/** What has to be made ready before the first task, so that one question can cover it all. */
export interface Preparation {
  /** Packages to install; empty when everything is there. */
  readonly install: readonly string[];
  /** Rough size on disk in bytes, when known. */
  readonly installBytes?: number;
  /** Where the pipeline says that packages come from. */
  readonly sources: readonly PackageSource[];
  /** The Python file, as people name it, that is compiled, that is run, before the run; set when this content has no yes. */
  readonly compiles?: string;
  /** Where it will run, in words: "Python 3.11.7 (/usr/bin/python3)". */
  readonly runsOn: string;
  /** Why it cannot run; empty when it can. */
  readonly blockers: readonly Remark[];
  readonly notes: readonly Remark[];
  /**
   * Stands for all that a yes is given to: code, packages and where they come from, the Python that runs it, the settings
   * that matter, the connection. Not for the request's own values, which whoever asked holds. Opaque.
   */
  readonly fingerprint: string;
}

export interface RunQuery extends PageQuery {
  /** Only runs of this pipeline, in any variant. */
  readonly pipeline?: PipelineId;
  /** The same pipeline with its variants, where it is one of the workspace and unknown to the connection. */
  readonly variant?: PipelineVariant & { readonly twin?: PipelineVariant };
  readonly states?: readonly RunState[];
}

/** What a connection has to say of a pipeline that it is handed: why it cannot run there, and what will be different. */
export interface Judgement {
  readonly blockers: readonly Remark[];
  readonly notes: readonly Remark[];
}

/** What happened: runs changed (all of them where none are named), or pipelines, or one was read in full. */
export type BackendChange =
  | { readonly kind: 'runs'; readonly runs?: readonly RunId[] }
  | { readonly kind: 'pipelines' }
  | Compiled;

/** How an attempt to read a pipeline in full went, which compiles a Python file; what was cancelled is not told. */
export interface Compiled {
  readonly kind: 'compiled';
  readonly pipeline: PipelineId;
  /** Why it could not be read, or undefined when it could: also as an outline, when the file is not what it was. */
  readonly error?: MlopsError;
}

/**
 * Pipelines and runs of one connection. Every method throws MlopsError: notFound, invalid, unsupported, forbidden,
 * auth, unreachable, timeout, cancelled, internal.
 */
export interface PipelineBackend {
  readonly connection: ConnectionInfo;

  /** Pipelines by name. `text` keeps those whose name, description or file holds it, whatever its case. */
  listPipelines(
    query: PageQuery & { readonly text?: string },
    signal: AbortSignal,
  ): Promise<Page<PipelineSummary>>;
  /**
   * One pipeline in full. A Python file is compiled for it only in a trusted workspace and only when this content has a yes
   * (`approvals`); else the answer is what its syntax tree says, marked as an outline.
   */
  getPipeline(id: PipelineId, signal: AbortSignal): Promise<Pipeline>;
  /** Judges a pipeline that the connection does not have, with its default values. */
  judge(specification: Specification, signal: AbortSignal): Promise<Judgement>;

  /**
   * Looks at what a run would need and begins what needs no consent. Starts nothing, writes nothing, compiles nothing that has
   * no yes. What compiling takes is added where the file is read.
   */
  prepareRun(request: RunRequest, signal: AbortSignal): Promise<Preparation>;
  /**
   * Starts a run and returns its id. When `signal` aborts before that, no run is left. Throws conflict when what would run
   * is not what was agreed to; the message says what changed, and nothing is started. Throws forbidden for a Python file whose
   * content has no yes.
   */
  createRun(request: RunRequest, signal: AbortSignal): Promise<RunId>;

  /** Runs, newest first. */
  listRuns(query: RunQuery, signal: AbortSignal): Promise<Page<RunSummary>>;
  getRun(id: RunId, signal: AbortSignal): Promise<Run>;
  /**
   * The runs that people mean by a text, newest first, at most 10: by id, label or number; only where none is, by name or by
   * the pipeline's name, whatever the case. One request where the backend can filter.
   */
  findRuns(text: string, signal: AbortSignal): Promise<readonly RunSummary[]>;
  /** The bytes of a task's last attempt's log (or of attempt `attempt`, from 1). `size` is its length so far. */
  readLog(
    id: RunId,
    task: string,
    range: ByteRange & { readonly attempt?: number },
    signal: AbortSignal,
  ): Promise<{ readonly size: number; readonly bytes: AsyncIterable<Uint8Array> }>;
  /**
   * The Python source of a task as its last attempt ran it; lines of a task's error count in it. Throws notFound, also for
   * a task that has none (it was cached, or is no Python function). A backend that keeps no sources lacks this.
   */
  readSource?(id: RunId, task: string, signal: AbortSignal): Promise<string>;
  /**
   * The person's own Python files that compiling a pipeline ran when it was compiled last, as absolute paths; empty where that is
   * not known. Only where the workspace's pipelines are joined in.
   */
  importedFiles?(source: PipelineSource): Promise<readonly string[]>;
  /** The folder of a run on this machine, as an absolute path. Throws notFound. A backend elsewhere lacks this. */
  runFolder?(id: RunId): Promise<string>;
  /** Asks a run to stop; it may take a moment. */
  stopRun(id: RunId, signal: AbortSignal): Promise<'requested' | 'alreadyEnded'>;
  /** Deletes a run that ended: its record and logs. Its artifacts stay. Throws conflict while it is active. */
  deleteRun(id: RunId, signal: AbortSignal): Promise<void>;

  /** What compiles Python files, where the workspace's pipelines are joined in. */
  readonly compiler?: PipelineCompiler;

  /** Which Python files may be compiled, where the workspace's pipelines are joined in. */
  readonly approvals?: CompileApprovals;

  /** The Python environments that were built for runs, where runs have such. */
  readonly environments?: Environments;

  /** What the home takes, where there is one on this machine. */
  readonly space?: HomeSpace;

  /** Calls back on changes until the returned function is called. Costs nothing while nothing is active. */
  watch(listener: (change: BackendChange) => void): () => void;
}
