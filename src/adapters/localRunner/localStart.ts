import type { ConnectionId } from '../../core/domain/connection.ts';
import type { PipelineSummary, Remark } from '../../core/domain/pipeline.ts';
import type { RunId } from '../../core/domain/run.ts';
import type { GivenPipeline } from '../../core/pipelineSpec/givenPipeline.ts';
import type { Specification } from '../../core/pipelineSpec/readSpecification.ts';
import { ChangedSince } from '../../core/ports/changedSince.ts';
import type { LocalSettings } from '../../core/ports/localSettings.ts';
import { MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { Preparation, RunRequest } from '../../core/ports/pipelineBackend.ts';
import { noPipeline } from '../../core/ports/pipelineErrors.ts';
import type { RunPython } from '../../core/ports/pythons.ts';
import { installerEnvironment } from '../node/childProcess.ts';
import { runnerEnvironment, type Home } from './home.ts';
import { homeError } from './homeErrors.ts';
import type { LocalRunnerOptions } from './options.ts';
import { planOutline } from './planOutline.ts';
import { planLocalRun, runsOn, type LocalPlan } from './preparation.ts';
import { changedParts, runFingerprint } from './runFingerprint.ts';
import { createRun, type NewRun } from './runs/createRun.ts';
import { runOfKey } from './runs/idempotency.ts';
import type { RunReader } from './runs/readRun.ts';
import { unchangedRun } from './runs/unchangedRun.ts';

const mb = 1024 * 1024;
/** Longest line of a log, in bytes; the runner cuts longer ones. */
const lineBytes = 64 * 1024;

/** Prepares and starts runs on this machine. */
export class LocalStart {
  readonly #options: LocalRunnerOptions;
  readonly #home: Home;
  readonly #connection: ConnectionId;
  readonly #reader: RunReader;

  constructor(options: LocalRunnerOptions, home: Home, reader: RunReader) {
    this.#options = options;
    this.#home = home;
    this.#connection = home.connection;
    this.#reader = reader;
  }

  /** What a run would need. */
  async prepare(request: RunRequest, signal: AbortSignal): Promise<Preparation> {
    const given = givenIn(request);
    const python = await this.#options.pythons.forRuns(signal);
    if ('blocker' in python) return withoutPython(python.blocker);
    const settings = this.#options.settings();
    const first = { pipeline: given.pipeline, python, settings };
    if (given.kind === 'uncompiled')
      return { ...nothingKnown(python), fingerprint: this.#fingerprint(first) };
    if (given.kind === 'outline') {
      const planned = await planOutline(given, python, this.#home, settings);
      return { ...planned, fingerprint: this.#fingerprint({ ...first, content: given.content }) };
    }
    const { specification } = given;
    const plan = await planLocalRun(specification, request.parameters, python, this.#home, settings);
    const unchanged = await this.#unchanged(request, plan, specification, signal);
    return {
      ...plan.preparation,
      ...(unchanged === undefined ? {} : { unchanged }),
      fingerprint: this.#fingerprint({ ...first, specification, plan }),
    };
  }

  /** Starts a run. The runner builds its environments. */
  async create(request: RunRequest, signal: AbortSignal): Promise<RunId> {
    const { pythons, clock, runnerPackage } = this.#options;
    throwIfAborted(signal);
    const before = await runOfKey(this.#home, request.idempotencyKey).catch((error: unknown) => {
      throw homeError(error, 'The run could not be started', this.#home.root);
    });
    if (before) return before;
    const given = givenIn(request);
    if (given.kind !== 'spec') throw uncompiled(given.pipeline);
    const python = await pythons.forRuns(signal);
    if ('blocker' in python) throw blocked(python.blocker);
    const { pipeline, specification } = given;
    const settings = this.#options.settings();
    const plan = await planLocalRun(specification, request.parameters, python, this.#home, settings);
    const parts = { request, pipeline, specification, plan, python, settings };
    this.#compare(parts);
    const [blocker] = plan.preparation.blockers;
    if (blocker) throw blocked(blocker);
    const env = runnerEnvironment(this.#home, installerEnvironment(settings.passEnvironment));
    const run = runPlan(parts);
    return createRun(run, request.idempotencyKey, { home: this.#home, clock, runnerPackage, env }, signal);
  }

  async #unchanged(
    { cache, pipeline }: RunRequest,
    { executors, missing, arguments: values }: LocalPlan,
    { json: spec }: Specification,
    signal: AbortSignal,
  ): Promise<RunId | undefined> {
    if (!cache || missing.length > 0) return undefined;
    const content = { pipeline, spec, executors, arguments: values };
    return unchangedRun(content, this.#home, this.#reader, signal);
  }

  /** Throws ChangedSince when the run differs from what was agreed to. The runner's request is written from these `parts`, too. */
  #compare(parts: RunParts): void {
    const { agreed } = parts.request;
    if (agreed === undefined) return;
    const changed = changedParts(agreed, this.#fingerprint(parts));
    if (changed.length > 0) throw new ChangedSince(parts.pipeline.name, changed);
  }

  #fingerprint(parts: Partial<RunParts> & FirstParts): string {
    const { pipeline, content, specification, plan, python, settings } = parts;
    return runFingerprint({
      connection: this.#connection,
      pipeline: pipeline.id,
      specification,
      content,
      executors: plan?.executors ?? {},
      environments: plan?.environments ?? [],
      missing: plan?.missing ?? [],
      sources: plan?.sources ?? [],
      python,
      settings,
    });
  }
}

/** What is known of a run before its file is compiled. */
interface FirstParts {
  readonly pipeline: PipelineSummary;
  /** Hash of a Python file that is not compiled yet. */
  readonly content?: string;
  readonly python: RunPython;
  readonly settings: LocalSettings;
}

interface RunParts extends FirstParts {
  readonly request: RunRequest;
  readonly specification: Specification;
  readonly plan: LocalPlan;
}

/** The given pipeline of a request, without which nothing can run: this connection has no pipelines of its own. */
function givenIn({ pipeline, given }: RunRequest): GivenPipeline {
  if (given === undefined) throw noPipeline(pipeline);
  return given;
}

function runPlan({ request, pipeline, specification, plan, python, settings }: RunParts): NewRun {
  const { id, name, source } = pipeline;
  return {
    name: request.name,
    pipeline: { id, name, source },
    spec: specification.json,
    executors: plan.executors,
    arguments: plan.arguments,
    python: python.python.executable,
    uv: python.uv ?? null,
    environments: plan.environments,
    cache: request.cache,
    parallelism: Math.max(1, Math.trunc(settings.parallelism)),
    limits: {
      memoryBytes: settings.memoryLimitMegabytes === null ? null : settings.memoryLimitMegabytes * mb,
      logBytes: settings.logLimitMegabytes * mb,
      lineBytes,
    },
    passEnvironment: settings.passEnvironment,
    notes: plan.preparation.notes,
  };
}

function withoutPython(blocker: Remark): Preparation {
  return { install: [], sources: [], runsOn: 'no Python', blockers: [blocker], notes: [], fingerprint: '' };
}

/** The packages of a Python file are unknown until something can compile it. */
function nothingKnown(python: RunPython): Omit<Preparation, 'fingerprint'> {
  return { install: [], sources: [], runsOn: runsOn(python), blockers: [], notes: [] };
}

function uncompiled({ name }: PipelineSummary): MlopsError {
  return new MlopsError('forbidden', `${name} was not started: it is not compiled.`);
}

function blocked(blocker: Remark): MlopsError {
  return new MlopsError('unsupported', blocker.message, { hint: blocker.hint });
}
