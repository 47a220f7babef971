import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { Clock } from '../../../core/ports/clock.ts';
import { MlopsError } from '../../../core/ports/mlopsError.ts';
import { installerEnvironment, runChild } from '../../node/childProcess.ts';
import { isWhole } from './isWhole.ts';
import { homeError } from '../homeErrors.ts';
import { runnerEnvironment, type Home } from '../home.ts';
import { toEnvironment } from '../preparation.ts';
import type { EnvironmentPlan } from '../spec/environments.ts';
import { defaultSdk } from '../../../core/pipelineSpec/pythonComponent.ts';
import type { CompilerEnvironment } from '../../../core/ports/pipelineCompiler.ts';
import type { Pythons, RunPython } from '../../../core/ports/pythons.ts';

/** The parts of the SDK that compiling needs; the rest, for clusters, takes 100 MB more. */
const compilerPlan: EnvironmentPlan = {
  requirements: [
    ...[
      'kfp-pipeline-spec>=2.17.0,<3',
      'protobuf>=6.31.1,<7',
      'PyYAML>=5.3,<7',
      'docstring-parser>=0.7.3,<1',
    ],
    ...['typing-extensions>=4,<5', 'googleapis-common-protos'],
  ],
  noDeps: [defaultSdk, 'kfp-kubernetes==2.17.0'],
  pipArguments: [],
  labels: [],
};

/** Whether packages are those of the compiler's environment. */
export function areOfCompiler(requirements: readonly string[], noDeps: readonly string[]): boolean {
  const key = (names: readonly string[]) => names.toSorted().join('\n');
  return key(requirements) === key(compilerPlan.requirements) && key(noDeps) === key(compilerPlan.noDeps);
}

/** Rough size of the compiler's environment on disk, in bytes. */
const compilerBytes = 12_000_000;
const compilerInstall = [defaultSdk];

const deadlineMs = 10 * 60_000;
const record = z.object({
  state: z.string(),
  error: z.object({ message: z.string().nullish(), hint: z.string().nullish() }).nullish(),
});

/** What the compiler's environment is built with. */
export interface CompilerOptions {
  readonly home: Home;
  readonly pythons: Pythons;
  readonly clock: Clock;
  readonly runnerPackage: string;
  /** Arguments of every installation, before its packages. */
  readonly pipArguments: () => readonly string[];
}

/** The environment in the home that compiles Python files. */
export function createCompilerEnvironment(options: CompilerOptions): CompilerEnvironment {
  const { home, pythons, clock, runnerPackage } = options;
  const interpreter: CompilerEnvironment['interpreter'] = async (signal) => {
    const base = await pythons.base(signal);
    return 'blocker' in base ? undefined : compilerPython(base, home, options.pipArguments());
  };
  return {
    packages: compilerInstall,
    bytes: compilerBytes,
    interpreter,
    isInstalled: async (signal) => (await interpreter(signal)) !== undefined,
    install: async (signal) => {
      const base = await pythons.base(signal);
      if ('blocker' in base)
        throw new MlopsError('unsupported', base.blocker.message, { hint: base.blocker.hint });
      const pipArguments = options.pipArguments();
      await buildCompiler(base, { home, clock, runnerPackage, pipArguments }, signal);
    },
  };
}

async function compilerPython(
  python: RunPython,
  home: Home,
  pipArguments: readonly string[],
): ReturnType<CompilerEnvironment['interpreter']> {
  const environment = compilerEnvironment(python, home, pipArguments);
  if (!(await isWhole(environment.path))) return undefined;
  const inside = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  return { python: path.join(environment.path, ...inside), lock: `${environment.path}.lock` };
}

function compilerEnvironment(python: RunPython, home: Home, pipArguments: readonly string[]) {
  return toEnvironment({ ...compilerPlan, pipArguments }, { ...python, asItIs: false }, home);
}

interface BuildContext {
  readonly home: Home;
  readonly clock: Clock;
  readonly runnerPackage: string;
  readonly pipArguments: readonly string[];
}

/**
 * Builds the compiler's environment as the runner builds any: with the same lock, marker and log. It is requested
 * by a run without tasks, in a folder that is not listed as a run.
 */
async function buildCompiler(python: RunPython, context: BuildContext, signal: AbortSignal): Promise<void> {
  const { home } = context;
  const folder = path.join(home.environments, `.build-${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true, mode: home.folderMode });
    const content = JSON.stringify(emptyRun(python, context));
    await writeFile(path.join(folder, 'request.json'), content, { mode: home.fileMode });
    const request = {
      command: python.python.executable,
      arguments: ['-I', '-S', path.join(context.runnerPackage, '__main__.py'), folder],
      env: runnerEnvironment(home, installerEnvironment([])),
      folder,
      deadlineMs,
      what: 'Installing the Kubeflow Pipelines SDK',
    };
    const result = await runChild(request, signal);
    const { state, error } = await readRecord(folder, result.stderr);
    if (state === 'succeeded') return;
    throw new MlopsError('internal', 'The Kubeflow Pipelines SDK could not be installed:', {
      outside: error?.message ?? state,
      hint: error?.hint ?? undefined,
    });
  } catch (error) {
    throw homeError(error, 'The Kubeflow Pipelines SDK could not be installed', home.root);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function readRecord(folder: string, stderr: string): Promise<z.infer<typeof record>> {
  try {
    return record.parse(JSON.parse(await readFile(path.join(folder, 'run.json'), 'utf8')));
  } catch (error) {
    const outside = stderr.trim().split('\n').at(-1) ?? 'the runner gave no answer';
    throw new MlopsError('internal', '', { outside, cause: error });
  }
}

function emptyRun(python: RunPython, { home, clock, pipArguments }: BuildContext): object {
  const empty = {
    pipelineInfo: { name: 'compiler' },
    root: { dag: { tasks: {} } },
    components: {},
    deploymentSpec: { executors: {} },
  };
  return {
    schema: 1,
    id: 'compiler-0',
    number: 0,
    name: 'compiler',
    createdAt: clock.now(),
    pipeline: { id: 'compiler', name: 'compiler' },
    spec: { ...empty, schemaVersion: '2.1.0', sdkVersion: 'kfp-2.17.0' },
    executors: {},
    arguments: {},
    home: home.root,
    python: python.python.executable,
    uv: python.uv ?? null,
    environments: [compilerEnvironment(python, home, pipArguments)],
    cache: false,
    parallelism: 1,
    limits: { memoryBytes: null, logBytes: 1_000_000, lineBytes: 10_000 },
    passEnvironment: [],
    notes: [],
  };
}
