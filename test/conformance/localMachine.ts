import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testEnvironments } from '../../scripts/lib/cache.mjs';
import { createPythons } from '../../src/adapters/python/pythons.ts';
import { createCompilerEnvironment } from '../../src/adapters/localRunner/environments/compilerEnvironment.ts';
import { homeAt } from '../../src/adapters/localRunner/home.ts';
import { createWorkspacePipelines } from '../../src/adapters/workspacePipelines/workspacePipelines.ts';
import { withWorkspacePipelines } from '../../src/core/pipelines/withWorkspacePipelines.ts';
import { createLocalRunner } from '../../src/adapters/localRunner/localRunner.ts';
import type { LocalRunnerOptions } from '../../src/adapters/localRunner/options.ts';
import { type ConnectionInfo, thisMachine } from '../../src/core/domain/connection.ts';
import type { LocalSettings } from '../../src/core/ports/localSettings.ts';
import type { Json } from '../../src/core/domain/json.ts';
import type { PipelineId } from '../../src/core/domain/pipeline.ts';
import { isActive, type Run, type RunId } from '../../src/core/domain/run.ts';
import type { PythonChoice } from '../../src/core/ports/pythonChoice.ts';
import type { PipelineFiles } from '../../src/core/ports/pipelineFiles.ts';
import type { PipelineBackend } from '../../src/core/ports/pipelineBackend.ts';
import { MemoryApprovalStore } from '../fakes/memoryApprovalStore.ts';
import { FolderFiles } from '../fakes/folderFiles.ts';
import { SilentLog } from '../fakes/silentLog.ts';
import { systemClock } from '../fakes/systemClock.ts';

export const repository = path.resolve(import.meta.dirname, '..', '..');

/** This machine with a home of its own, as a test uses it. */
export interface LocalMachine {
  readonly home: string;
  readonly files: FolderFiles;
  readonly log: SilentLog;
  readonly pipelines: PipelineFiles;
  /** Runs of this machine, joined with the pipelines of the folders. */
  readonly backend: PipelineBackend;
  readonly settings: { -readonly [K in keyof LocalSettings]: LocalSettings[K] };
  /** A second window of the editor on the same home. */
  readonly anotherWindow: () => PipelineBackend;
  readonly remove: () => Promise<void>;
}

/** A real backend over the pipelines of some folders, with real Python and a fresh home. */
export async function localMachine(
  folders: readonly string[],
  overrides: {
    readonly home?: string;
    readonly runnerPackage?: string;
    readonly python?: PythonChoice;
    readonly connection?: Partial<ConnectionInfo>;
  } = {},
): Promise<LocalMachine> {
  const home = await mkdtemp(path.join(tmpdir(), 'mlops-home-'));
  await mkdir(testEnvironments, { recursive: true });
  await symlink(testEnvironments, path.join(home, 'envs'));
  const files = new FolderFiles(...folders);
  const log = new SilentLog();
  const settings: LocalMachine['settings'] = {
    environment: 'managed',
    parallelism: 2,
    memoryLimitMegabytes: null,
    logLimitMegabytes: 20,
    passEnvironment: [],
    allowInsecureIndexes: false,
  };
  const runnerPackage =
    overrides.runnerPackage ?? path.join(repository, 'resources', 'python', 'mlops_runner');
  const onPath: PythonChoice = { candidates: () => Promise.resolve([{ path: 'python3', from: 'PATH' }]) };
  const workspace = files;
  const choice = overrides.python ?? onPath;
  const environment = () => settings.environment;
  const pythons = createPythons({ workspace, choice, runnerPackage, log, environment });
  const options: LocalRunnerOptions = {
    home: overrides.home ?? home,
    runnerPackage,
    connection: {
      id: thisMachine,
      kind: 'thisMachine',
      name: 'This machine',
      readOnly: false,
      about: 'Pipelines run on this machine.',
      ...overrides.connection,
    },
    pythons,
    clock: systemClock,
    log,
    settings: () => settings,
  };
  const approvals = new MemoryApprovalStore();
  const compiler = createCompilerEnvironment({
    home: homeAt(options.home),
    pythons,
    clock: systemClock,
    runnerPackage,
    pipArguments: () => settings.pipArguments ?? [],
  });
  const pipelinesOfWindow = () =>
    createWorkspacePipelines({
      files,
      samplesFolder: path.join(repository, 'resources', 'samples'),
      scripts: runnerPackage,
      pythons,
      compiler,
      approvals,
      clock: systemClock,
      log,
      passEnvironment: () => settings.passEnvironment,
    });
  const pipelines = pipelinesOfWindow();
  return {
    home,
    files,
    log,
    settings,
    pipelines,
    backend: withWorkspacePipelines(createLocalRunner(options), pipelines),
    anotherWindow: () => withWorkspacePipelines(createLocalRunner(options), pipelinesOfWindow()),
    remove: () => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}

export const never = new AbortController().signal;

/** Starts a run of the pipeline in a file of the workspace. */
export function startRun(
  backend: PipelineBackend,
  pipeline: string,
  parameters: { readonly [name: string]: Json } = {},
  more: {
    readonly cache?: boolean;
    readonly key?: string;
    readonly name?: string;
    readonly signal?: AbortSignal;
  } = {},
): Promise<RunId> {
  const request = {
    pipeline: pipeline as PipelineId,
    parameters,
    cache: more.cache ?? true,
    idempotencyKey: more.key ?? crypto.randomUUID(),
    ...(more.name === undefined ? {} : { name: more.name }),
  };
  return backend.createRun(request, more.signal ?? never);
}

/** Says yes to compiling a pipeline's Python file as it is now, as a person's press does. */
export async function allow(backend: PipelineBackend, pipeline: string): Promise<PipelineId> {
  await backend.approvals?.approve(pipeline as PipelineId, never);
  return pipeline as PipelineId;
}

/** Waits until `done` holds for a run, looking at it again and again. */
export async function runUntil(
  backend: PipelineBackend,
  id: RunId,
  done: (run: Run) => boolean,
  deadlineMs = 90_000,
): Promise<Run> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const run = await backend.getRun(id, never);
    if (done(run)) return run;
    if (Date.now() > deadline)
      throw new Error(`Run ${id} did not get there: ${JSON.stringify(run, undefined, 1).slice(0, 3000)}`);
    await systemClock.delay(50);
  }
}

/** Waits for a run's end. */
export function runEnded(backend: PipelineBackend, id: RunId): Promise<Run> {
  return runUntil(backend, id, (run) => !isActive(run.state));
}

/** A task's log as text. */
export async function logText(backend: PipelineBackend, id: RunId, task: string): Promise<string> {
  const { bytes } = await backend.readLog(id, task, { limit: 1_000_000 }, never);
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
