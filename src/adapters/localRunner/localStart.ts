import { stat } from 'node:fs/promises';
import type { Remark } from '../../core/domain/pipeline.ts';
import type { RunId } from '../../core/domain/run.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { Preparation, RunRequest } from '../../core/ports/pipelineBackend.ts';
import { shortEnvironment } from './childProcess.ts';
import type { Home } from './home.ts';
import type { LocalPipelines } from './localPipelines.ts';
import type { LocalRunnerOptions } from './options.ts';
import { planRun } from './preparation.ts';
import type { RunPython } from './preparation.ts';
import { findPython, isNewEnough } from './python/findPython.ts';
import { PythonProbe } from './python/probe.ts';
import { searchPath } from './python/searchPath.ts';
import { createRun } from './runs/createRun.ts';

const MB = 1024 * 1024;
/** A line of a log that is longer is cut by the runner. */
const LINE_BYTES = 64 * 1024;

/** Prepares and starts runs on this machine. */
export class LocalStart {
  readonly #options: LocalRunnerOptions;
  readonly #home: Home;
  readonly #pipelines: LocalPipelines;
  readonly #probe: PythonProbe;

  constructor(options: LocalRunnerOptions, home: Home, pipelines: LocalPipelines) {
    this.#options = options;
    this.#home = home;
    this.#pipelines = pipelines;
    this.#probe = new PythonProbe(options.runnerPackage);
  }

  async prepare(request: RunRequest, signal: AbortSignal): Promise<Preparation> {
    const entry = await this.#pipelines.entry(request.pipeline, signal);
    const [spec, python] = await Promise.all([this.#pipelines.spec(entry, signal), this.#python(signal)]);
    if ('blocker' in python)
      return { install: [], runsOn: 'no Python', blockers: [python.blocker], notes: [] };
    const plan = await planRun(spec, request.parameters, python, this.#home, this.#options.settings());
    return plan.preparation;
  }

  async create(request: RunRequest, signal: AbortSignal): Promise<RunId> {
    const { files, clock, runnerPackage } = this.#options;
    const entry = await this.#pipelines.entry(request.pipeline, signal);
    if (!files.trusted() && entry.summary.source.kind !== 'sample') throw untrusted();
    const [file, python] = await Promise.all([this.#pipelines.spec(entry, signal), this.#python(signal)]);
    if ('blocker' in python) throw blocked(python.blocker);
    const settings = this.#options.settings();
    const plan = await planRun(file, request.parameters, python, this.#home, settings);
    const [blocker] = plan.preparation.blockers;
    if (blocker) throw blocked(blocker);
    const { id, name, source } = entry.summary;
    const run = {
      name: request.name,
      pipeline: { id, name, source },
      spec: file.json,
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
    const env = shortEnvironment(settings.passEnvironment);
    return createRun(run, request.idempotencyKey, { home: this.#home, clock, runnerPackage, env }, signal);
  }

  async #python(signal: AbortSignal): Promise<RunPython | { readonly blocker: Remark }> {
    const { environment } = this.#options.settings();
    if (environment !== 'managed') return this.#chosen(environment, signal);
    const search = await findPython(this.#options.python, this.#probe, this.#options.log, signal);
    return 'blocker' in search ? search : { ...search.found, uv: search.uv, asItIs: false };
  }

  /** The interpreter that the setting names, used as it is. */
  async #chosen(interpreter: string, signal: AbortSignal): Promise<RunPython | { readonly blocker: Remark }> {
    const hint = 'Correct the setting mlops.local.environment, or set it to managed.';
    const there = await stat(interpreter).catch(() => undefined);
    const python = there ? await this.#probe.look(interpreter, signal) : undefined;
    if (!python)
      return {
        blocker: {
          what: 'no_python',
          message: `${interpreter}, which the setting mlops.local.environment names, is no Python.`,
          hint,
        },
      };
    if (!isNewEnough(python.version)) {
      const message = `Python ${python.version} (${interpreter}) is too old: Python 3.9 or newer is needed.`;
      return { blocker: { what: 'python_too_old', message, hint } };
    }
    const [uv] = await searchPath('uv');
    return { python, from: 'setting mlops.local.environment', uv, asItIs: true };
  }
}

function blocked(blocker: Remark): MlopsError {
  return new MlopsError('unsupported', blocker.message, { hint: blocker.hint });
}

function untrusted(): MlopsError {
  const hint = 'Trust the workspace (Manage Workspace Trust), then try again.';
  return new MlopsError('forbidden', 'Nothing of a workspace in Restricted Mode is run.', { hint });
}
