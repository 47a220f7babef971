import { type ConnectionInfo, thisMachine } from '../../src/core/domain/connection.ts';
import type { ExperimentId } from '../../src/core/domain/experiment.ts';
import type { Page, PageQuery } from '../../src/core/domain/page.ts';
import type { Pipeline, PipelineId, PipelineSummary, TaskNode } from '../../src/core/domain/pipeline.ts';
import type { WithTwin } from '../../src/core/domain/pipelineVariant.ts';
import {
  isActive,
  preparationLog,
  type Run,
  type RunId,
  type RunSummary,
  type TaskRun,
} from '../../src/core/domain/run.ts';
import type { Experiments } from '../../src/core/ports/experiments.ts';
import { ChangedSince } from '../../src/core/ports/changedSince.ts';
import { MlopsError, throwIfAborted } from '../../src/core/ports/mlopsError.ts';
import { isCalled } from '../../src/core/domain/isCalled.ts';
import type { ByteRange } from '../../src/core/ports/objectStore.ts';
import type { PipelineLibrary } from '../../src/core/ports/pipelineLibrary.ts';
import type {
  BackendChange,
  Judgement,
  PipelineBackend,
  Preparation,
  RunQuery,
  RunRequest,
} from '../../src/core/ports/pipelineBackend.ts';
import { byMetric, isAskedFor, pipelinesIn } from '../../src/core/ports/runQuery.ts';
import { FakeClock } from './fakeClock.ts';
import { MemoryApprovals } from './memoryApprovals.ts';
import { MemoryEnvironments } from './memoryEnvironments.ts';
import { countsOf, newTask } from './newTask.ts';
import type { MemorySchedules } from './memorySchedules.ts';
import { pageOfItems } from './pages.ts';
import { startedRun } from './startedRun.ts';
import { toPipelineSummary, toRunSummary } from './summaries.ts';

/** Pipelines and runs in memory. Nothing happens by itself: a test moves the runs on. */
export class FakePipelineBackend implements PipelineBackend {
  readonly connection: ConnectionInfo;
  readonly clock;
  readonly environments = new MemoryEnvironments();
  readonly approvals = new MemoryApprovals();
  /** What a backend on a server has; `keeping` adds it. */
  library?: PipelineLibrary;
  experiments?: Experiments;
  retryRun?: NonNullable<PipelineBackend['retryRun']>;
  archiveRun?: NonNullable<PipelineBackend['archiveRun']>;
  pageOf?: NonNullable<PipelineBackend['pageOf']>;
  /** Set for a connection that has schedules. */
  schedules?: MemorySchedules;
  readonly pipelines = new Map<PipelineId, Pipeline>();
  /** What the syntax trees of Python files say. */
  readonly outlines = new Map<PipelineId, Pipeline>();
  readonly runs = new Map<RunId, Run>();
  /** The tasks of runs whose pipelines are not here. */
  readonly graphs = new Map<RunId, readonly TaskNode[]>();
  /** What `prepareRun` answers, where it is not "nothing to do". */
  preparation: Partial<Preparation> = {};
  /** What is said of every pipeline that is handed over. */
  judgement: Judgement = { blockers: [], notes: [] };
  /** Every call that changes something, in order: "create quick", "stop quick-1". */
  readonly calls: string[] = [];
  /** How much of logs was read, in bytes. */
  bytesRead = 0;
  readonly #logs = new Map<string, string>();
  readonly #sources = new Map<string, string>();
  readonly #keys = new Map<string, RunId>();
  readonly #listeners = new Set<(change: BackendChange) => void>();
  #lastNumber = 0;

  constructor(clock: FakeClock = new FakeClock(), connection: Partial<ConnectionInfo> = {}) {
    this.clock = clock;
    this.connection = {
      id: thisMachine,
      kind: 'thisMachine',
      name: 'This machine',
      readOnly: false,
      about: 'Pipelines run in memory.',
      ...connection,
    };
  }

  /** Adds a pipeline; what is not given is empty. */
  addPipeline(
    pipeline: Partial<Omit<Pipeline, 'id'>> & { readonly id?: string; readonly name: string },
  ): PipelineId {
    const id = (pipeline.id ?? `${pipeline.name}.yaml`) as PipelineId;
    const source = { kind: 'yaml', file: `/workspace/${id}`, label: id } as const;
    const empty = { parameters: [], tasks: [], packages: [], sources: [], blockers: [], notes: [] };
    this.pipelines.set(id, { source, ...empty, ...pipeline, id });
    this.#tell({ kind: 'pipelines' });
    return id;
  }

  /** Adds a pipeline of a Python file, which is compiled only with a yes; before that it is its outline. */
  addPython(
    pipeline: Parameters<FakePipelineBackend['addPipeline']>[0],
    outline: Partial<Pipeline> = {},
  ): PipelineId {
    const id = `${pipeline.name}.py:${pipeline.name}`;
    const source = {
      kind: 'python',
      file: `/workspace/${pipeline.name}.py`,
      label: `${pipeline.name}.py`,
    } as const;
    const added = this.addPipeline({ id, source, ...pipeline });
    this.outlines.set(added, { ...this.pipelines.get(added)!, ...outline, outline: true });
    return added;
  }

  /** Adds a run as it is, as if it had been there before. */
  addRun(run: Run): RunId {
    this.#lastNumber = Math.max(this.#lastNumber, run.number ?? 0);
    this.runs.set(run.id, { ...run, connection: this.connection.id });
    this.#tell({ kind: 'runs' });
    return run.id;
  }

  /** Changes a run: its state, its tasks, whatever a test needs. */
  change(id: RunId, more: Partial<Run>): Run {
    const run = { ...this.#existing(id), ...more };
    this.runs.set(id, { ...run, counts: more.counts ?? countsOf(run.tasks, run.counts) });
    this.#tell({ kind: 'runs', runs: [id] });
    return this.#existing(id);
  }

  /** Changes one task of a run, or adds it. */
  changeTask(id: RunId, task: Partial<TaskRun> & { readonly path: string }): Run {
    const { tasks } = this.#existing(id);
    const before = tasks.find((row) => row.path === task.path) ?? newTask(task.path);
    const after = { ...before, ...task };
    const changed = tasks.some((row) => row.path === task.path)
      ? tasks.map((row) => (row.path === task.path ? after : row))
      : [...tasks, after];
    return this.change(id, { tasks: changed, metrics: changed.flatMap((row) => row.metrics) });
  }

  /** Ends a run now. */
  end(id: RunId, state: 'succeeded' | 'failed' | 'stopped', more: Partial<Run> = {}): Run {
    return this.change(id, { endedAt: this.clock.now(), ...more, state });
  }

  /** What a task printed in its last attempt. */
  setLog(id: RunId, task: string, text: string): void {
    const attempts = this.runs.get(id)?.tasks.find((row) => row.path === task)?.attempts ?? 0;
    this.#logs.set(`${id}\n${task}\n${attempts}`, text);
    this.changeTask(id, { path: task, hasLog: true });
  }

  /** What a task's last attempt ran. */
  setSource(id: RunId, task: string, text: string): void {
    this.#sources.set(`${id}\n${task}`, text);
  }

  /** A task prints more, of which nobody is told. */
  print(id: RunId, task: string, text: string): void {
    const attempts = this.#existing(id).tasks.find((row) => row.path === task)?.attempts ?? 0;
    const key = `${id}\n${task}\n${attempts}`;
    this.#logs.set(key, (this.#logs.get(key) ?? '') + text);
  }

  /** How many watch. */
  get listeners(): number {
    return this.#listeners.size;
  }

  async listPipelines(
    query: PageQuery & { readonly text?: string },
    signal: AbortSignal,
  ): Promise<Page<PipelineSummary>> {
    throwIfAborted(signal);
    const text = query.text?.toLowerCase() ?? '';
    const held = [...this.pipelines.values()].filter(
      (pipeline) =>
        !isVersion(pipeline) &&
        [pipeline.name, pipeline.displayName, pipeline.description, pipeline.source.label].some((part) =>
          part?.toLowerCase().includes(text),
        ),
    );
    return pageOfItems(
      held.map(toPipelineSummary),
      query,
      (pipeline) => `${pipeline.name.toLowerCase()}\n${pipeline.id}`,
    );
  }

  async getPipeline(id: PipelineId, signal: AbortSignal): Promise<Pipeline> {
    throwIfAborted(signal);
    const pipeline = this.pipelines.get(id);
    if (!pipeline) throw new MlopsError('notFound', `There is no pipeline ${id}.`);
    if (pipeline.problem) throw new MlopsError('invalid', `${id}: ${pipeline.problem.message}`);
    const outline = this.outlines.get(id);
    if (outline === undefined) return pipeline;
    if (!this.approvals.allows(id)) return outline;
    if (!this.calls.includes(`compile ${pipeline.name}`)) this.calls.push(`compile ${pipeline.name}`);
    return pipeline;
  }

  async judge(): Promise<Judgement> {
    return this.judgement;
  }

  /** What a request is about: what it hands over, else a pipeline from here. */
  async #asked({ pipeline, given }: RunRequest, signal: AbortSignal): Promise<Pipeline> {
    if (given === undefined) return this.getPipeline(pipeline, signal);
    throwIfAborted(signal);
    const empty = { parameters: [], tasks: [], packages: [], sources: [] };
    return { ...empty, ...given.pipeline, ...this.judgement };
  }

  async prepareRun(request: RunRequest, signal: AbortSignal): Promise<Preparation> {
    const pipeline = await this.#asked(request, signal);
    const fingerprint = JSON.stringify(this.#parts(pipeline, request));
    const compiles = pipeline.outline === true && request.given === undefined;
    return {
      ...(compiles ? { compiles: pipeline.source.label ?? '' } : {}),
      ...this.#prepared(pipeline),
      fingerprint,
    };
  }

  #prepared({ blockers, notes, sources }: Pipeline): Omit<Preparation, 'fingerprint'> {
    const runsOn = 'Python 3.11.7 (/usr/bin/python3)';
    return { install: [], sources, runsOn, blockers, notes, ...this.preparation };
  }

  /** What a yes is given to, by its words. */
  #parts(pipeline: Pipeline, { given }: RunRequest): { readonly [words: string]: string } {
    const { packages, sources: _1, ...code } = pipeline;
    const { sources, runsOn } = this.#prepared(pipeline);
    return {
      'its code': JSON.stringify([code, given]),
      'its packages': JSON.stringify(packages),
      'where its packages come from': JSON.stringify(sources),
      'the Python that runs it': runsOn,
    };
  }

  #compare(agreed: string, pipeline: Pipeline, request: RunRequest): void {
    const before: { readonly [words: string]: string } = JSON.parse(agreed);
    const changed = Object.entries(this.#parts(pipeline, request)).filter(
      ([words, part]) => before[words] !== part,
    );
    const words = changed.map(([part]) => part);
    if (words.length > 0) throw new ChangedSince(pipeline.name, words);
  }

  /** The pipeline of a request, which is the one that was agreed to. */
  async agreedTo(
    request: Pick<RunRequest, 'pipeline' | 'given' | 'agreed'>,
    signal: AbortSignal,
  ): Promise<Pipeline> {
    const asked = { parameters: {}, cache: true, idempotencyKey: '', ...request };
    const pipeline = await this.#asked(asked, signal);
    if (pipeline.outline === true || (request.given !== undefined && request.given.kind !== 'spec'))
      throw new MlopsError('forbidden', `Nobody has said yes to compiling ${pipeline.source.label}.`);
    if (request.agreed !== undefined) this.#compare(request.agreed, pipeline, asked);
    const [blocker] = pipeline.blockers;
    if (blocker) throw new MlopsError('unsupported', blocker.message, { hint: blocker.hint });
    return pipeline;
  }

  async createRun(request: RunRequest, signal: AbortSignal): Promise<RunId> {
    const before = this.#keys.get(request.idempotencyKey);
    if (before) return before;
    const pipeline = await this.agreedTo(request, signal);
    const experiment = await this.experiments?.get(request.experiment ?? firstExperiment, signal);
    const meanwhile = this.#keys.get(request.idempotencyKey);
    if (meanwhile) return meanwhile;
    this.#lastNumber += 1;
    const id = `${pipeline.name}-${this.#lastNumber}` as RunId;
    this.calls.push(`create ${pipeline.name}`);
    this.#keys.set(request.idempotencyKey, id);
    this.graphs.set(id, pipeline.tasks);
    const at = { id, number: this.#lastNumber, connection: this.connection.id, now: this.clock.now() };
    this.addRun({
      ...startedRun(pipeline, request, at),
      ...(experiment && { experiment: experiment.name }),
    });
    return id;
  }

  async listRuns(query: RunQuery, signal: AbortSignal): Promise<Page<RunSummary>> {
    throwIfAborted(signal);
    const { order = 'newest' } = query;
    const wanted = query.variants ?? pipelinesIn(query)?.map((id) => this.#variant(id));
    const group = query.experiment && (await this.experiments?.get(query.experiment, signal));
    const newest = [...this.runs.values()]
      .filter(
        (run) => isAskedFor(run, query, wanted) && (run.archived ?? false) === (query.archived ?? false),
      )
      .filter(({ experiment }) => group === undefined || experiment === group.name)
      .toSorted((a, b) => (b.number ?? 0) - (a.number ?? 0))
      .map(toRunSummary);
    const inOrder =
      order === 'newest' ? newest : order === 'oldest' ? newest.toReversed() : byMetric(newest, order);
    const places = new Map(inOrder.map((run, index) => [run.id, String(1e9 + index)]));
    return pageOfItems(inOrder, query, (run) => places.get(run.id) ?? '');
  }

  async getRun(id: RunId, signal: AbortSignal): Promise<Run> {
    throwIfAborted(signal);
    return this.#existing(id);
  }

  async taskGraph(id: RunId, signal: AbortSignal): Promise<readonly TaskNode[]> {
    throwIfAborted(signal);
    return this.graphs.get(id) ?? this.pipelines.get(this.#existing(id).pipeline.id)?.tasks ?? [];
  }

  async findRuns(text: string, signal: AbortSignal): Promise<readonly RunSummary[]> {
    throwIfAborted(signal);
    const newest = [...this.runs.values()].toSorted((a, b) => (b.number ?? 0) - (a.number ?? 0));
    const called = (how: 'exactly' | 'name' | 'words') => newest.filter((run) => isCalled(run, text) === how);
    const found = [called('exactly'), called('name'), called('words')].find((runs) => runs.length > 0) ?? [];
    return found.slice(0, 10).map(toRunSummary);
  }

  async readLog(
    id: RunId,
    task: string,
    range: ByteRange & { readonly attempt?: number },
    signal: AbortSignal,
  ): Promise<{ readonly size: number; readonly bytes: AsyncIterable<Uint8Array> }> {
    throwIfAborted(signal);
    const run = this.#existing(id);
    const row = run.tasks.find((one) => one.path === task);
    if (!row && !(task === preparationLog && run.hasPreparationLog))
      throw new MlopsError('notFound', `Run ${id} has no task ${task}.`);
    const attempts = row?.attempts ?? 0;
    if (range.attempt !== undefined && range.attempt > attempts)
      throw new MlopsError('notFound', `Task ${task} of run ${id} had no attempt ${range.attempt}.`);
    const log = this.#logs.get(`${id}\n${task}\n${range.attempt ?? attempts}`);
    // A log may be set before the attempts are.
    const bytes = Buffer.from(log ?? this.#logs.get(`${id}\n${task}\n0`) ?? '');
    const start = range.offset ?? 0;
    const part = bytes.subarray(start, start + range.limit);
    return { size: bytes.length, bytes: this.#read(part) };
  }

  async readSource(id: RunId, task: string, signal: AbortSignal): Promise<string> {
    throwIfAborted(signal);
    this.#existing(id);
    const text = this.#sources.get(`${id}\n${task}`);
    if (text === undefined) throw new MlopsError('notFound', `Of task ${task} of ${id} no source is kept.`);
    return text;
  }

  async runFolder(id: RunId): Promise<string> {
    return `/home/runs/${this.#existing(id).number}`;
  }

  async stopRun(id: RunId, signal: AbortSignal): Promise<'requested' | 'alreadyEnded'> {
    throwIfAborted(signal);
    const run = this.#existing(id);
    if (!isActive(run.state)) return 'alreadyEnded';
    this.calls.push(`stop ${id}`);
    this.change(id, { state: 'stopping' });
    return 'requested';
  }

  async deleteRun(id: RunId, signal: AbortSignal): Promise<void> {
    throwIfAborted(signal);
    if (isActive(this.#existing(id).state)) throw new MlopsError('conflict', `Run ${id} is still active.`);
    this.calls.push(`delete ${id}`);
    this.runs.delete(id);
    this.#tell({ kind: 'runs' });
  }

  watch(listener: (change: BackendChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async *#read(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    this.bytesRead += bytes.length;
    if (bytes.length > 0) yield bytes;
  }

  #variant(id: PipelineId): WithTwin {
    const all = [...this.pipelines.values()];
    return all.find((pipeline) => pipeline.id === id || pipeline.twin?.id === id) ?? { id };
  }

  #existing(id: RunId): Run {
    const run = this.runs.get(id);
    if (!run) throw new MlopsError('notFound', `There is no run ${id} on this machine.`);
    return run;
  }

  #tell(change: BackendChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

const firstExperiment = 'experiment-1' as ExperimentId;

const isVersion = ({ id, source }: Pipeline) => source.kind === 'server' && id.includes('@');
