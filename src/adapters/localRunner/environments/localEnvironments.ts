import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { isActive } from '../../../core/domain/run.ts';
import type { Environments, EnvironmentSize, PythonEnvironment } from '../../../core/ports/environments.ts';
import { MlopsError } from '../../../core/ports/mlopsError.ts';
import { hideLogins } from '../../../core/text/logins.ts';
import { runChild, taskEnvironment } from '../../node/childProcess.ts';
import { homeError } from '../homeErrors.ts';
import { ifThere, readBounded } from '../../node/files.ts';
import { runnerEnvironment, type Home } from '../home.ts';
import { areOfCompiler } from './compilerEnvironment.ts';
import type { Pythons } from '../../../core/ports/pythons.ts';
import type { RunReader } from '../runs/readRun.ts';
import { environmentUses, type Use } from './environmentUses.ts';
import { measureBound, measureFolder } from './measureFolder.ts';

const largestMarker = 1_000_000;
const mostUses = 20;
const removeMs = 5 * 60_000;

const names = z.array(z.string()).nullish();
const marker = z.object({
  requirements: names,
  noDeps: names,
  python: z.string().nullish(),
  createdAt: z.number().nullish(),
});
const outcome = z.object({ outcome: z.enum(['removed', 'inUse', 'missing']) });

export interface EnvironmentsContext {
  readonly home: Home;
  readonly reader: RunReader;
  readonly pythons: Pythons;
  readonly runnerPackage: string;
}

/** The environments in the home (docs/local-runner.md). */
export class LocalEnvironments implements Environments {
  readonly #context: EnvironmentsContext;

  constructor(context: EnvironmentsContext) {
    this.#context = context;
  }

  async list(signal: AbortSignal): Promise<readonly PythonEnvironment[]> {
    const { home } = this.#context;
    const [uses, folders] = await Promise.all([environmentUses(home, signal), this.#names()]);
    const all = await Promise.all(folders.map((id) => this.#read(id, uses.get(id) ?? [])));
    const order = ({ state, createdAt = 0 }: PythonEnvironment) => (state === 'ready' ? createdAt : -1);
    return all.toSorted((a, b) => order(b) - order(a));
  }

  async measure(id: string, signal: AbortSignal): Promise<EnvironmentSize> {
    return measureFolder(await this.#folder(id), measureBound, signal);
  }

  async remove(id: string, signal: AbortSignal): Promise<void> {
    await this.#folder(id);
    const active = await this.#activeUse(id, signal);
    if (active !== undefined) throw inUse(`${id} is in use by ${active.run}`, 'Wait for its end, or stop it');
    const outcome = await this.#carryOut(id, signal);
    if (outcome === 'inUse') throw inUse(`${id} is in use`, inUseNow);
    if (outcome === 'missing') throw missing(id);
  }

  /** Folders in `envs/`; files there are locks. */
  async #names(): Promise<readonly string[]> {
    const entries = (await ifThere(readdir(this.#context.home.environments, { withFileTypes: true }))) ?? [];
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  }

  async #folder(id: string): Promise<string> {
    if (!(await this.#names()).includes(id)) throw missing(id);
    return path.join(this.#context.home.environments, id);
  }

  async #read(id: string, uses: readonly Use[]): Promise<PythonEnvironment> {
    const folder = path.join(this.#context.home.environments, id);
    const known = readMarker(await readBounded(path.join(folder, 'mlops-ready.json'), largestMarker));
    const { requirements, noDeps } = packagesOf(known);
    const createdAt = known?.createdAt ?? (await ifThere(stat(folder)))?.mtimeMs;
    const asked = id.startsWith('.build-') || areOfCompiler(requirements, noDeps);
    return {
      id,
      packages: [...requirements, ...noDeps].map(hideLogins),
      ...(known?.python ? { python: known.python } : {}),
      ...(createdAt === undefined ? {} : { createdAt: Math.round(createdAt) }),
      state: known === undefined || id.startsWith('.') ? 'unfinished' : 'ready',
      purpose: asked ? 'compiling' : 'runs',
      usedBy: { runs: uses.slice(0, mostUses).map(({ run }) => run), count: uses.length },
    };
  }

  /** Names the run that uses an environment, also a new one; whether it is in use, the lock alone decides. */
  async #activeUse(id: string, signal: AbortSignal): Promise<Use | undefined> {
    const { home, reader } = this.#context;
    const uses = (await environmentUses(home, signal)).get(id) ?? [];
    for (const use of uses) {
      const summary = await reader.summary(use.number);
      // A run with a request and no record is being created.
      if (summary === undefined || isActive(summary.state)) return use;
    }
    return undefined;
  }

  /** Runs the runner's own command, since Node cannot take its locks. */
  async #carryOut(id: string, signal: AbortSignal): Promise<z.infer<typeof outcome>['outcome']> {
    const { home, pythons, runnerPackage } = this.#context;
    const base = await pythons.base(signal);
    if ('blocker' in base)
      throw new MlopsError('unsupported', base.blocker.message, { hint: base.blocker.hint });
    const script = path.join(runnerPackage, 'remove_environment.py');
    const request = {
      command: base.python.executable,
      arguments: ['-I', '-S', script, home.environments, id],
      env: runnerEnvironment(home, taskEnvironment([])),
      deadlineMs: removeMs,
      what: `Removing the environment ${id}`,
    };
    const { code, stdout, stderr } = await runChild(request, signal);
    const last = code === 0 ? stdout.trim().split('\n').at(-1) : undefined;
    if (last !== undefined) return outcome.parse(JSON.parse(last)).outcome;
    const why = new Error(stderr.trim().split('\n').at(-1) ?? 'it gave no answer');
    throw homeError(why, `The environment ${id} could not be removed as a whole`, home.root);
  }
}

function readMarker(text: string | undefined): z.infer<typeof marker> | undefined {
  if (text === undefined) return undefined;
  try {
    return marker.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function packagesOf(known: z.infer<typeof marker> | undefined) {
  return { requirements: known?.requirements ?? [], noDeps: known?.noDeps ?? [] };
}

const inUseNow = 'It is being built, or a pipeline is compiled or run with it. Wait for the end of that';

function inUse(what: string, wait: string): MlopsError {
  const hint = `${wait}; then remove the environment.`;
  return new MlopsError('conflict', `The environment ${what}.`, { hint });
}

function missing(id: string): MlopsError {
  return new MlopsError('notFound', `There is no environment ${id} on this machine.`);
}
