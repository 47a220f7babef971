import type { ConnectionInfo } from '../domain/connection.ts';
import type { ExperimentId } from '../domain/experiment.ts';
import type { Json } from '../domain/json.ts';
import type { Page, PageQuery } from '../domain/page.ts';
import type {
  PackageSource,
  Pipeline,
  PipelineId,
  PipelineSummary,
  Remark,
  PipelineSource,
  TaskNode,
} from '../domain/pipeline.ts';
import type { WithTwin } from '../domain/pipelineVariant.ts';
import type { Run, RunId, RunState, RunSummary } from '../domain/run.ts';
import type { CompileApprovals } from './compileApprovals.ts';
import type { GivenPipeline } from '../pipelineSpec/givenPipeline.ts';
import type { Specification } from '../pipelineSpec/readSpecification.ts';
import type { Environments } from './environments.ts';
import type { Experiments } from './experiments.ts';
import type { HomeSpace } from './homeSpace.ts';
import type { MlopsError } from './mlopsError.ts';
import type { ByteRange } from './objectStore.ts';
import type { RunEvidence } from './runEvidence.ts';
import type { PipelineCompiler } from './pipelineCompiler.ts';
import type { PipelineLibrary } from './pipelineLibrary.ts';
import type { Schedules } from './schedules.ts';

/** What to run. `parameters` are already checked against the pipeline and need not name those with defaults. */
export interface RunRequest {
  readonly pipeline: PipelineId;
  /** The pipeline itself, when it is one of the workspace. It runs instead of one that the connection has. */
  readonly given?: GivenPipeline;
  readonly name?: string;
  readonly parameters: { readonly [name: string]: Json };
  /** False: every task runs anew. */
  readonly cache: boolean;
  /** The experiment that gets the run, where the backend keeps such. */
  readonly experiment?: ExperimentId;
  /** A second request with the same key starts no run and returns the first one's id. */
  readonly idempotencyKey: string;
  /** The `fingerprint` of the preparation that the person agreed to; without it nothing is compared. */
  readonly agreed?: string;
}

/** What has to be prepared before the first task, so that one question can cover all of it. */
export interface Preparation {
  /** Packages to install; empty when all are installed. */
  readonly install: readonly string[];
  /** Rough size on disk in bytes, when known. */
  readonly installBytes?: number;
  /** The sources that the pipeline names for its packages. */
  readonly sources: readonly PackageSource[];
  /** The Python file, as people name it, that has to be compiled, which runs it; set when its content is not approved. */
  readonly compiles?: string;
  /** Where it will run, in words: "Python 3.11.7 (/usr/bin/python3)". */
  readonly runsOn: string;
  /** The run of which nothing changed: the cache has every result that this one would ask for. Only where that is known. */
  readonly unchanged?: RunId;
  /** Why it cannot run; empty when it can. */
  readonly blockers: readonly Remark[];
  readonly notes: readonly Remark[];
  /**
   * Identifies everything that an agreement covers: code, packages and their sources, the Python, the settings
   * that matter, the connection; not the request's own values, which the caller has. Opaque.
   */
  readonly fingerprint: string;
}

export interface RunQuery extends PageQuery {
  /** Only runs of this pipeline, or of one of these, in any variant. */
  readonly pipeline?: PipelineId | readonly PipelineId[];
  /** The same pipelines with their variants, where they are of the workspace and unknown to the connection. */
  readonly variants?: readonly WithTwin[];
  readonly states?: readonly RunState[];
  /** Only runs of this experiment. */
  readonly experiment?: ExperimentId;
  /** True: only archived runs; else only those that are not. */
  readonly archived?: boolean;
  /** Only runs that were created at this time or later, in milliseconds since 1970. */
  readonly since?: number;
  /** Only runs that were created before this time, in milliseconds since 1970. */
  readonly until?: number;
  /** The newest first where it is left out. */
  readonly order?: RunOrder;
  /** True: the runs of the page have their metrics, also where reading them takes longer than reading the page. */
  readonly withMetrics?: boolean;
  /** True: the page has its `total` also where counting takes longer than reading the page, as far as the backend can. */
  readonly counted?: boolean;
}

/** The order of runs. By a metric, equal ones are newest first, and runs without a number for it come last. */
export type RunOrder = 'newest' | 'oldest' | MetricOrder;

export interface MetricOrder {
  /** The metric's name, as `metricOf` reads it. */
  readonly metric: string;
  readonly first: 'highest' | 'lowest';
}

/** A connection's judgement of a pipeline that it is given: why it cannot run there, and what differs. */
export interface Judgement {
  readonly blockers: readonly Remark[];
  readonly notes: readonly Remark[];
}

/** A change of runs (of all where none are named), of pipelines, of schedules, or an attempt to read a pipeline in full. */
export type BackendChange =
  | { readonly kind: 'runs'; readonly runs?: readonly RunId[] }
  | { readonly kind: 'pipelines' }
  | { readonly kind: 'schedules' }
  | { readonly kind: 'experiments' }
  | Compiled;

/** The result of reading a pipeline in full, which compiles a Python file. Cancelled attempts are not reported. */
export interface Compiled {
  readonly kind: 'compiled';
  readonly pipeline: PipelineId;
  /** Why it could not be read; undefined when it could, also as an outline. */
  readonly error?: MlopsError;
}

/**
 * What a backend may be unable to tell. `listedMetrics`: the metrics of the runs of a list, unless the query asks for them.
 * `listedProblems`: which pipelines of a list are broken, which is known once one is described.
 */
export type BackendGap = 'listedMetrics' | 'listedProblems';

/** What a connection may have a page of its own for. */
export interface PageSubject {
  readonly kind: 'run' | 'pipeline' | 'experiment';
  readonly id: string;
}

/**
 * Pipelines and runs of one connection. Every method throws MlopsError: notFound, invalid, unsupported, forbidden,
 * auth, unreachable, timeout, cancelled, internal.
 */
export interface PipelineBackend {
  readonly connection: ConnectionInfo;
  /** What it cannot tell; the notes of its runs say so to people. Absent: nothing is missing. */
  readonly gaps?: readonly BackendGap[];

  /** Pipelines by name. `text` keeps those whose name, description or file contains it, in any case. */
  listPipelines(
    query: PageQuery & { readonly text?: string },
    signal: AbortSignal,
  ): Promise<Page<PipelineSummary>>;
  /**
   * One pipeline in full. A Python file is compiled only in a trusted workspace and only when its content is approved
   * (`approvals`); otherwise the result is an outline of its syntax tree.
   */
  getPipeline(id: PipelineId, signal: AbortSignal): Promise<Pipeline>;
  /** Judges a pipeline that the connection does not have, with its default values. */
  judge(specification: Specification, signal: AbortSignal): Promise<Judgement>;

  /**
   * Works out what a run needs. Starts nothing, writes nothing, and compiles nothing that is not
   * approved. What compiling takes is added where the file is read.
   */
  prepareRun(request: RunRequest, signal: AbortSignal): Promise<Preparation>;
  /**
   * Starts a run and returns its id. When `signal` aborts before that, no run is left. Throws conflict when the run
   * differs from what was agreed to; the message says what changed, and nothing is started. Throws forbidden for a Python file
   * that is not approved.
   */
  createRun(request: RunRequest, signal: AbortSignal): Promise<RunId>;

  /** Runs that fit the query, in its order. */
  listRuns(query: RunQuery, signal: AbortSignal): Promise<Page<RunSummary>>;
  getRun(id: RunId, signal: AbortSignal): Promise<Run>;
  /**
   * The tasks of a run as its pipeline has them, with what they take from each other; the same while the run exists. Empty where
   * the pipeline that it ran is not kept.
   */
  taskGraph(id: RunId, signal: AbortSignal): Promise<readonly TaskNode[]>;
  /**
   * The runs that a text may mean, newest first, at most 10: by id, label or number; if there is none, by name or by
   * the pipeline's name; else by some words of these (`isCalled`). One request where the backend can filter.
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
   * The Python source of a task as its last attempt ran it, to which an error's lines refer. Throws notFound, also for
   * a task without one (it was cached, or is not a Python function). A backend that keeps no sources lacks this.
   */
  readSource?(id: RunId, task: string, signal: AbortSignal): Promise<string>;
  /**
   * The person's own Python files that compiling a pipeline ran when it was compiled last, as absolute paths; empty where that is
   * not known. Only where the workspace's pipelines are joined in.
   */
  importedFiles?(source: PipelineSource): Promise<readonly string[]>;
  /** The folder of a run on this machine, as an absolute path. Throws notFound. A backend elsewhere lacks this. */
  runFolder?(id: RunId): Promise<string>;
  /**
   * What is known of the programs of a run, for a diagnosis. Throws notFound. A backend whose runs tell everything themselves
   * lacks this.
   */
  readEvidence?(id: RunId, signal: AbortSignal): Promise<RunEvidence>;
  /** Asks a run to stop; it may take a moment. */
  stopRun(id: RunId, signal: AbortSignal): Promise<'requested' | 'alreadyEnded'>;
  /** Deletes a run that ended: its record and logs. Its artifacts stay. Throws conflict while it is active. */
  deleteRun(id: RunId, signal: AbortSignal): Promise<void>;
  /**
   * Runs the tasks of a failed or stopped run again that did not succeed, in the same run. Throws conflict for any other. A backend
   * whose runs cannot go on lacks this: there they are run again.
   */
  retryRun?(id: RunId, signal: AbortSignal): Promise<void>;
  /** Takes a run out of the lists, or brings it back. */
  archiveRun?(id: RunId, archived: boolean, signal: AbortSignal): Promise<void>;
  /** The address of a thing's page in the connection's own user interface. */
  pageOf?(subject: PageSubject): string;

  /** The pipelines that the connection keeps, where pipelines can be uploaded to it. */
  readonly library?: PipelineLibrary;
  /** The experiments, where runs belong to such. */
  readonly experiments?: Experiments;

  /** The compiler of Python files, where the workspace's pipelines are joined in. */
  readonly compiler?: PipelineCompiler;

  /** Which Python files may be compiled, where the workspace's pipelines are joined in. */
  readonly approvals?: CompileApprovals;

  /** Runs that the server starts by itself, where it does. */
  readonly schedules?: Schedules;

  /** The Python environments that were built for runs, where runs have such. */
  readonly environments?: Environments;

  /** The disk use of the home, for a home on this machine. */
  readonly space?: HomeSpace;

  /** Calls back on changes until the returned function is called. Costs nothing while nothing is active. */
  watch(listener: (change: BackendChange) => void): () => void;
}
