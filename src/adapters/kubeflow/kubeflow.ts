import type { ConnectionInfo } from '../../core/domain/connection.ts';
import type { JsonObject } from '../../core/domain/json.ts';
import type { Page, PageQuery } from '../../core/domain/page.ts';
import type { Pipeline, PipelineId, PipelineSummary, TaskNode } from '../../core/domain/pipeline.ts';
import { isActive, type Run, type RunId, type RunSummary } from '../../core/domain/run.ts';
import type { Specification } from '../../core/pipelineSpec/readSpecification.ts';
import { taskGraph } from '../../core/pipelineSpec/taskGraph.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Log } from '../../core/ports/log.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ByteRange, ObjectStore } from '../../core/ports/objectStore.ts';
import type { PipelineLibrary } from '../../core/ports/pipelineLibrary.ts';
import type {
  BackendChange,
  BackendGap,
  Judgement,
  PageSubject,
  PipelineBackend,
  Preparation,
  RunQuery,
  RunRequest,
} from '../../core/ports/pipelineBackend.ts';
import type { RunPods } from '../../core/ports/runPods.ts';
import type { RunEvidence } from '../../core/ports/runEvidence.ts';
import { asName } from '../../core/text/literal.ts';
import { KubeflowApi, part } from './api.ts';
import { withObjects } from './artifactObjects.ts';
import { withCachedResults } from './cachedResults.ts';
import { EarlierRuns } from './earlierRuns.ts';
import { readEvidence } from './evidence.ts';
import { ExperimentList } from './experiments.ts';
import { findRuns } from './findRuns.ts';
import { judgeForCluster } from './judge.ts';
import { ServerPipelines } from './library.ts';
import { RecurringRuns } from './recurringRuns.ts';
import { isLost } from './lostAnswers.ts';
import { readTaskLog, type TaskLog } from './logs.ts';
import { readResults, sourceIn } from './readResults.ts';
import { type ListDeps, listRuns } from './runList.ts';
import { RunMetrics } from './runMetrics.ts';
import { type KnownRun, ownPipeline, stateOf, tasksOf, toRun, toSummary } from './runs.ts';
import { type ApiRun, run as runSchema } from './schema.ts';
import { libraryOf } from './libraryOf.ts';
import { pageAddress } from './pageAddress.ts';
import { noSignIn, type SignIn } from './signIn/signIn.ts';
import { readStored } from './specs.ts';
import { RunStarter } from './startRun.ts';
import { StepLogs } from './stepLogs.ts';
import { Stops } from './stops.ts';
import { TaskFacts } from './taskFacts.ts';
import { type Attention, type Pace, RunWatch, usualPace } from './watchRuns.ts';
import { withWaitingPods } from './waits.ts';
import { readWorkflow, type Workflow } from './workflow.ts';

export interface KubeflowOptions {
  readonly connection: ConnectionInfo;
  /** The address of the Pipelines API, without `/apis`. */
  readonly endpoint: string;
  /** Whose pipelines and runs are meant, on a server for several users. */
  readonly namespace?: string;
  /** The address of the Pipelines UI, without `#`; left out: the endpoint. */
  readonly page?: string;
  /** Where that is in words, where the address alone tells nobody. */
  readonly where?: string;
  /** Another way to it than the network. */
  readonly fetch?: typeof fetch;
  /** The pods of its runs, where they can be looked at. */
  readonly pods?: RunPods;
  /** The store of its artifacts and of the logs of pods that are gone, where it can be read. */
  readonly objects?: () => Promise<ObjectStore>;
  readonly clock: Clock;
  readonly log: Log;
  readonly attention: Attention;
  readonly pace?: Pace;
  /** Absent: the server asks for none. */
  readonly signIn?: SignIn;
  /** The pauses before a request is sent again that met no server; left out: none is. */
  readonly pauses?: readonly number[];
  /** The zone of the server's schedules, which the server does not tell; left out: UTC, as it comes. */
  readonly zone?: string;
}

/** A server of Kubeflow Pipelines (API v2beta1). */
export function createKubeflow(options: KubeflowOptions): PipelineBackend {
  return new Kubeflow(options);
}

const runs = '/apis/v2beta1/runs';

class Kubeflow implements PipelineBackend {
  readonly connection: ConnectionInfo;
  readonly gaps: readonly BackendGap[] = ['listedMetrics', 'listedProblems'];
  readonly schedules: RecurringRuns;
  readonly #api: KubeflowApi;
  readonly #pipelines: ServerPipelines;
  readonly #pods: RunPods | undefined;
  readonly #starter: RunStarter;
  readonly #watch: RunWatch;
  readonly #lists: ListDeps;
  readonly #page: string | undefined;
  readonly library: PipelineLibrary;
  readonly experiments: ExperimentList;
  readonly #logs: StepLogs;
  readonly #hasObjects: boolean;
  readonly #facts: TaskFacts;
  readonly #earlier: EarlierRuns;
  readonly #stops: Stops;

  constructor(options: KubeflowOptions) {
    const { connection, endpoint, namespace, page, pace = usualPace, signIn = noSignIn, ...rest } = options;
    const { zone = 'UTC', where, pauses = [], ...deps } = rest;
    this.connection = connection;
    const address = endpoint.replace(/\/+$/, '');
    const mine = namespace === undefined ? {} : { namespace };
    const way = deps.fetch === undefined ? {} : { fetchWith: deps.fetch };
    this.#api = new KubeflowApi(
      { name: connection.name, address, where, ...mine },
      { signIn, repeats: { clock: deps.clock, pauses }, ...way },
    );
    this.#pods = deps.pods;
    // An address from inside a cluster is none for a browser.
    this.#page = page ?? (where === undefined ? address : undefined);
    this.#pipelines = new ServerPipelines(this.#api);
    this.#logs = new StepLogs(this.#api, deps.objects);
    this.#hasObjects = deps.objects !== undefined;
    this.#facts = new TaskFacts(this.#logs);
    this.#earlier = new EarlierRuns({
      api: this.#api,
      knownOf: (run, signal) => this.#known(run, signal),
      resultsOf: async (known, signal) => {
        const workflow = await readWorkflow(this.#api, known.run.run_id, signal);
        return readResults(known, workflow, this.#facts, signal);
      },
    });
    this.#stops = new Stops(this.#api);
    this.experiments = new ExperimentList(this.#api, () => this.#watch.tell({ kind: 'experiments' }));
    this.#starter = new RunStarter(this.#api, this.#pipelines, this.experiments);
    this.library = libraryOf({ api: this.#api, pipelines: this.#pipelines, starter: this.#starter }, () =>
      this.#watch.tell({ kind: 'pipelines' }),
    );
    this.#watch = new RunWatch({ api: this.#api, pace, ...deps });
    const metrics = new RunMetrics(this.#api, this.#facts);
    this.schedules = new RecurringRuns({
      api: this.#api,
      pipelines: this.#pipelines,
      starter: this.#starter,
      connection: connection.id,
      zone,
      changed: () => this.#watch.tell({ kind: 'schedules' }),
    });
    this.#lists = {
      api: this.#api,
      summaryOf: async (run, signal) => toSummary(await this.#known(run, signal), connection.id),
      metricsOf: async (run, signal) => metrics.of(await this.#known(run, signal), signal),
    };
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

  async judge(specification: Specification): Promise<Judgement> {
    return judgeForCluster(specification);
  }

  prepareRun(request: RunRequest, signal: AbortSignal): Promise<Preparation> {
    return this.#starter.prepare(request, signal);
  }

  async createRun(request: RunRequest, signal: AbortSignal): Promise<RunId> {
    const id = await this.#starter.create(request, signal);
    this.#watch.changed(id);
    return id;
  }

  listRuns(query: RunQuery, signal: AbortSignal): Promise<Page<RunSummary>> {
    return listRuns(this.#lists, query, signal);
  }

  async getRun(id: RunId, signal: AbortSignal): Promise<Run> {
    const [run, reported] = await Promise.all([this.#read(id, signal), readWorkflow(this.#api, id, signal)]);
    const [known, workflow, experiment] = await Promise.all([
      this.#known(run, signal, reported),
      withWaitingPods(reported, { run: id, pods: this.#pods }, signal),
      this.experiments.nameOf(run.experiment_id, signal),
    ]);
    const own = await readResults(known, workflow, this.#facts, signal);
    const results = await withCachedResults(known, own, this.#earlier, signal);
    return toRun(known, workflow, this.#hasObjects ? withObjects(results) : results, {
      connection: this.connection.id,
      experiment,
    });
  }

  async taskGraph(id: RunId, signal: AbortSignal): Promise<readonly TaskNode[]> {
    const { stored } = await this.#known(await this.#read(id, signal), signal);
    return stored?.kind === 'spec' ? taskGraph(stored.specification.spec) : [];
  }

  findRuns(text: string, signal: AbortSignal): Promise<readonly RunSummary[]> {
    return findRuns(this.#lists, text, signal);
  }

  async readLog(
    id: RunId,
    task: string,
    range: ByteRange & { readonly attempt?: number },
    signal: AbortSignal,
  ): Promise<TaskLog> {
    const [run, workflow] = await Promise.all([this.#read(id, signal), readWorkflow(this.#api, id, signal)]);
    const told = tasksOf(await this.#known(run, signal, workflow), workflow);
    const reader = { logs: this.#logs, pods: this.#pods, workflow: workflow?.name };
    return readTaskLog(reader, { id, task, told }, range, signal);
  }

  async readSource(id: RunId, task: string, signal: AbortSignal): Promise<string> {
    const [run, workflow] = await Promise.all([this.#read(id, signal), readWorkflow(this.#api, id, signal)]);
    const known = await this.#known(run, signal, workflow);
    return sourceIn(known, workflow, task);
  }

  async readEvidence(id: RunId, signal: AbortSignal): Promise<RunEvidence> {
    const [run, workflow] = await Promise.all([this.#read(id, signal), readWorkflow(this.#api, id, signal)]);
    return readEvidence(
      { logs: this.#logs, pods: this.#pods },
      await this.#known(run, signal, workflow),
      workflow,
      signal,
    );
  }

  async stopRun(id: RunId, signal: AbortSignal): Promise<'requested' | 'alreadyEnded'> {
    const state = stateOf(await this.#read(id, signal));
    if (!isActive(state)) return 'alreadyEnded';
    if (state === 'stopping') return 'requested';
    try {
      await this.#change(id, 'terminate', signal);
    } catch (error) {
      // It ended, or somebody else stopped it, since it was read.
      if (!(error instanceof MlopsError) || error.kind !== 'invalid') throw error;
      return isActive(stateOf(await this.#read(id, signal))) ? 'requested' : 'alreadyEnded';
    }
    return 'requested';
  }

  /** The server would delete an active run as well. */
  async deleteRun(id: RunId, signal: AbortSignal): Promise<void> {
    const run = await this.#read(id, signal);
    if (isActive(stateOf(run)))
      throw new MlopsError('conflict', `The run ${asName(run.display_name)} is still active.`, {
        hint: 'Stop it first.',
      });
    await this.#api
      .text({ method: 'DELETE', path: `${runs}/${part(id)}` }, signal)
      .catch(async (error: unknown) => {
        if (!isLost(error) || !(await this.#isGone(id, signal))) throw error;
      });
    this.#watch.changed(id);
  }

  async retryRun(id: RunId, signal: AbortSignal): Promise<void> {
    const run = await this.#read(id, signal);
    const state = stateOf(run);
    if (state !== 'failed' && state !== 'stopped')
      throw new MlopsError(
        'conflict',
        `The run ${asName(run.display_name)} has not failed: it is ${state}.`,
        {
          hint: isActive(state) ? 'Wait for its end.' : 'Run it again instead.',
        },
      );
    await this.#change(id, 'retry', signal);
  }

  archiveRun(id: RunId, archived: boolean, signal: AbortSignal): Promise<void> {
    return this.#change(id, archived ? 'archive' : 'unarchive', signal);
  }

  async #change(id: RunId, verb: string, signal: AbortSignal): Promise<void> {
    await this.#api.text({ method: 'POST', path: `${runs}/${part(id)}:${verb}`, body: {} }, signal);
    this.#watch.changed(id);
  }

  pageOf(subject: PageSubject): string {
    if (this.#page !== undefined) return pageAddress(this.#page, subject);
    const { name } = this.connection;
    throw new MlopsError('unsupported', `The address of the Pipelines UI of ${asName(name)} is not known.`, {
      hint: 'Add "page" to its row in the setting mlops.connections: the address at which your browser shows Kubeflow Pipelines.',
    });
  }

  watch(listener: (change: BackendChange) => void): () => void {
    return this.#watch.watch(listener);
  }

  async #isGone(id: RunId, signal: AbortSignal): Promise<boolean> {
    return this.#read(id, signal).then(
      () => false,
      (error: unknown) => error instanceof MlopsError && error.kind === 'notFound',
    );
  }

  async #read(id: RunId, signal: AbortSignal): Promise<ApiRun> {
    const missing = () =>
      new MlopsError('notFound', `There is no run ${asName(id)} on ${this.connection.name}.`, {
        hint: 'List the runs to see which there are.',
      });
    if (id === '') throw missing();
    try {
      return await this.#api.json({ path: `${runs}/${part(id)}` }, runSchema, signal);
    } catch (error) {
      throw error instanceof MlopsError && error.kind === 'notFound' ? missing() : error;
    }
  }

  /** A run with its pipeline, which may have to be read from the version that it was made from. */
  async #known(run: ApiRun, signal: AbortSignal, workflow?: Workflow): Promise<KnownRun> {
    const { pipeline_id: pipeline = '', pipeline_version_id: version = '' } =
      run.pipeline_version_reference ?? {};
    const stored =
      run.pipeline_spec !== undefined
        ? readStored(run.pipeline_spec as JsonObject)
        : await this.#pipelines.stored(pipeline, version, signal);
    const stopped = await this.#stops.of(run, workflow, signal);
    const own = ownPipeline(run, stored);
    if (own !== undefined) return { run, stored, pipeline: own, stopped };
    const name = await this.#pipelines.nameOf(pipeline, signal);
    const of = { id: pipeline as PipelineId, name, source: { kind: 'server' } } as const;
    return { run, stored, pipeline: of, stopped };
  }
}
