import type { ConnectionId } from '../../core/domain/connection.ts';
import { needsTrust, type Remark } from '../../core/domain/pipeline.ts';
import type { RunId } from '../../core/domain/run.ts';
import { ChangedSince } from '../../core/ports/changedSince.ts';
import { inRestrictedMode, MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { LocalSettings } from '../../core/ports/localSettings.ts';
import type { Preparation, RunRequest } from '../../core/ports/pipelineBackend.ts';
import { installerEnvironment } from '../node/childProcess.ts';
import { homeError } from './homeErrors.ts';
import { runnerEnvironment } from './home.ts';
import type { Home } from './home.ts';
import { needsCompiler } from './localPipelines.ts';
import type { LocalPipelines } from './localPipelines.ts';
import type { LocalRunnerOptions } from './options.ts';
import type { CatalogEntry } from './pipelines/entries.ts';
import type { PythonCompiler } from './pipelines/pythonCompiler.ts';
import { planOutline } from './pipelines/planOutline.ts';
import { planLocalRun, runsOn } from './preparation.ts';
import type { LocalPlan } from './preparation.ts';
import { COMPILER_BYTES, COMPILER_INSTALL } from './environments/compilerEnvironment.ts';
import type { Pythons, RunPython } from '../../core/ports/pythons.ts';
import { changedParts, runFingerprint } from './runFingerprint.ts';
import { createRun } from './runs/createRun.ts';
import type { NewRun } from './runs/createRun.ts';
import { runOfKey } from './runs/idempotency.ts';
import type { Specification } from '../../core/pipelineSpec/readSpecification.ts';

const MB = 1024 * 1024;
/** A line of a log that is longer is cut by the runner. */
const LINE_BYTES = 64 * 1024;

/** Prepares and starts runs on this machine. */
export class LocalStart {
  readonly #options: LocalRunnerOptions;
  readonly #connection: ConnectionId;
  readonly #home: Home;
  readonly #pipelines: LocalPipelines;
  readonly #pythons: Pythons;
  readonly #compiler: PythonCompiler;

  constructor(
    options: LocalRunnerOptions,
    home: Home,
    parts: {
      connection: ConnectionId;
      pipelines: LocalPipelines;
      pythons: Pythons;
      compiler: PythonCompiler;
    },
  ) {
    this.#options = options;
    this.#connection = parts.connection;
    this.#home = home;
    this.#pipelines = parts.pipelines;
    this.#pythons = parts.pythons;
    this.#compiler = parts.compiler;
  }

  /** What a run would need. */
  async prepare(request: RunRequest, signal: AbortSignal): Promise<Preparation> {
    const entry = await this.#pipelines.entry(request.pipeline, signal);
    const python = await this.#pythons.forRuns(signal);
    if ('blocker' in python) return withoutPython(python.blocker);
    const reading = await this.#pipelines.read(entry, signal);
    const settings = this.#options.settings();
    if (reading.kind === 'noCompiler')
      return { ...compilerFirst(python), fingerprint: this.#fingerprint({ entry, python, settings }) };
    if (reading.kind === 'outline') {
      const { outline, content } = reading;
      const compiler = (await this.#compiler.isPossible(signal)) ? [] : COMPILER_INSTALL;
      const asked = { outline, compiles: labelOf(entry), compiler };
      const planned = await planOutline(asked, python, this.#home, settings);
      return { ...planned, fingerprint: this.#fingerprint({ entry, content, python, settings }) };
    }
    const { specification } = reading;
    const plan = await planLocalRun(specification, request.parameters, python, this.#home, settings);
    return {
      ...plan.preparation,
      fingerprint: this.#fingerprint({ entry, specification, plan, python, settings }),
    };
  }

  /** Starts a run. Environments are made by the runner; the one that compiles is made here, if need be. */
  async create(request: RunRequest, signal: AbortSignal): Promise<RunId> {
    const { files, clock, runnerPackage } = this.#options;
    throwIfAborted(signal);
    const before = await runOfKey(this.#home, request.idempotencyKey).catch((error: unknown) => {
      throw homeError(error, 'The run could not be started', this.#home.root);
    });
    if (before) return before;
    const entry = await this.#pipelines.entry(request.pipeline, signal);
    if (!files.trusted() && needsTrust(entry.summary.source))
      throw inRestrictedMode('Nothing of a workspace in Restricted Mode is run.');
    const python = await this.#pythons.forRuns(signal);
    if ('blocker' in python) throw blocked(python.blocker);
    const specification = await this.#compiled(entry, signal);
    const settings = this.#options.settings();
    const plan = await planLocalRun(specification, request.parameters, python, this.#home, settings);
    const parts = { request, entry, specification, plan, python, settings };
    this.#compare(parts);
    const [blocker] = plan.preparation.blockers;
    if (blocker) throw blocked(blocker);
    const env = runnerEnvironment(this.#home, installerEnvironment(settings.passEnvironment));
    const run = runPlan(parts);
    return createRun(run, request.idempotencyKey, { home: this.#home, clock, runnerPackage, env }, signal);
  }

  /** Throws when what is about to start is not what was agreed to. The run is written from the same `parts`. */
  #compare(parts: RunParts): void {
    const { agreed } = parts.request;
    if (agreed === undefined) return;
    const changed = changedParts(agreed, this.#fingerprint(parts));
    if (changed.length > 0) throw new ChangedSince(parts.entry.summary.name, changed);
  }

  #fingerprint({
    entry,
    content,
    specification,
    plan,
    python,
    settings,
  }: Partial<RunParts> & FirstParts): string {
    return runFingerprint({
      connection: this.#connection,
      pipeline: entry.summary.id,
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

  async #compiled(entry: CatalogEntry, signal: AbortSignal): Promise<Specification> {
    const reading = await this.#pipelines.read(entry, signal);
    if (reading.kind === 'noCompiler') await this.#compiler.install(signal);
    const again = reading.kind === 'noCompiler' ? await this.#pipelines.read(entry, signal) : reading;
    if (again.kind === 'outline') throw withoutYes(entry);
    if (again.kind === 'noCompiler') throw needsCompiler(entry.summary);
    return again.specification;
  }
}

/** What is known of a run before its file can be compiled. */
interface FirstParts {
  readonly entry: CatalogEntry;
  /** What stands for a Python file that is not compiled yet. */
  readonly content?: string;
  readonly python: RunPython;
  readonly settings: LocalSettings;
}

interface RunParts extends FirstParts {
  readonly request: RunRequest;
  readonly specification: Specification;
  readonly plan: LocalPlan;
}

function runPlan({ request, entry, specification, plan, python, settings }: RunParts): NewRun {
  const { id, name, source } = entry.summary;
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
      memoryBytes: settings.memoryLimitMegabytes === null ? null : settings.memoryLimitMegabytes * MB,
      logBytes: settings.logLimitMegabytes * MB,
      lineBytes: LINE_BYTES,
    },
    passEnvironment: settings.passEnvironment,
    notes: plan.preparation.notes,
  };
}

function withoutPython(blocker: Remark): Preparation {
  return { install: [], sources: [], runsOn: 'no Python', blockers: [blocker], notes: [], fingerprint: '' };
}

/** Before it is compiled, a Python pipeline’s own packages are not known. */
function compilerFirst(python: RunPython): Omit<Preparation, 'fingerprint'> {
  const message = 'The file is compiled first; the packages of its components are installed after that.';
  const notes: readonly Remark[] = [{ what: 'compiled_first', message, everywhere: true }];
  return {
    install: COMPILER_INSTALL,
    installBytes: COMPILER_BYTES,
    sources: [],
    runsOn: runsOn(python),
    blockers: [],
    notes,
  };
}

/** The file of a pipeline as people name it. */
function labelOf({ summary }: CatalogEntry): string {
  return summary.source.label ?? summary.name;
}

function withoutYes(entry: CatalogEntry): MlopsError {
  return new MlopsError(
    'forbidden',
    `${labelOf(entry)} was not compiled: nobody has said yes to running it as it is now.`,
    {
      hint: 'Run it from its row, its line in the code or the palette, or ask for it in the chat again.',
    },
  );
}

function blocked(blocker: Remark): MlopsError {
  return new MlopsError('unsupported', blocker.message, { hint: blocker.hint });
}
