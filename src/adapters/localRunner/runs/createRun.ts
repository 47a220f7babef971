import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { throwIfAborted } from '../../../core/ports/mlopsError.ts';
import type { Json, JsonObject } from '../../../core/domain/json.ts';
import type { Remark } from '../../../core/domain/pipeline.ts';
import type { RunId, RunSummary } from '../../../core/domain/run.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import { homeError } from '../homeErrors.ts';
import type { Home } from '../home.ts';
import { allocateNumber, rememberNumber, slug } from './allocate.ts';
import { claimKey, releaseKey, runOfKey } from './idempotency.ts';
import { keepRunner } from './keepRunner.ts';
import { startRunner } from './startRunner.ts';

/** One environment as in request.json. */
export interface RequestEnvironment {
  readonly id: string;
  readonly path: string;
  readonly requirements: readonly string[];
  readonly noDeps: readonly string[];
  readonly pipArguments: readonly string[];
  /** Hash of the content of packages that are named by a path on this machine. */
  readonly contents?: readonly string[];
  readonly python?: string;
  /** Built instead when its packages exclude each other, each for the executors of its labels. */
  readonly apart?: readonly (RequestEnvironment & { readonly labels: readonly string[] })[];
}

/** Everything in a request except what depends on the run's folder (docs/local-runner.md). */
export interface NewRun {
  readonly name: string | undefined;
  readonly pipeline: RunSummary['pipeline'];
  readonly spec: JsonObject;
  readonly executors: JsonObject;
  readonly arguments: { readonly [name: string]: Json };
  readonly python: string;
  readonly uv: string | null;
  readonly environments: readonly RequestEnvironment[];
  readonly cache: boolean;
  readonly parallelism: number;
  readonly limits: {
    readonly memoryBytes: number | null;
    readonly logBytes: number;
    readonly lineBytes: number;
  };
  readonly passEnvironment: readonly string[];
  readonly notes: readonly Remark[];
}

export interface CreateContext {
  readonly home: Home;
  readonly clock: Clock;
  readonly runnerPackage: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Starts a run, once for each key, and returns its id. A run that fails to start or is cancelled leaves nothing behind. */
export async function createRun(
  plan: NewRun,
  key: string,
  context: CreateContext,
  signal: AbortSignal,
): Promise<RunId> {
  const { home } = context;
  throwIfAborted(signal);
  try {
    const before = await runOfKey(home, key);
    if (before) return before;
    const number = await allocateNumber(home);
    return await startIn(number, plan, key, context, signal);
  } catch (error) {
    throw homeError(error, 'The run could not be started', home.root);
  }
}

async function startIn(
  number: number,
  plan: NewRun,
  key: string,
  context: CreateContext,
  signal: AbortSignal,
): Promise<RunId> {
  const { home, clock } = context;
  const id = `${slug(plan.pipeline.name)}-${number}` as RunId;
  const folder = home.run(number);
  let claimed = false;
  try {
    const other = await claimKey(home, key, id);
    if (other) {
      await removeRunFolder(home, number);
      return other;
    }
    claimed = true;
    await writeFile(home.activeMarker(number), '', { mode: home.fileMode });
    await writeRequest(home, number, {
      ...plan,
      name: plan.name ?? id,
      schema: 1,
      id,
      number,
      createdAt: clock.now(),
      home: home.root,
    });
    const runnerPackage = await keepRunner(home, context.runnerPackage);
    const start = { python: plan.python, runnerPackage, folder, env: context.env, logMode: home.fileMode };
    await startRunner(start, clock, signal);
    return id;
  } catch (error) {
    // What cannot be removed is listed as a run that never began; report why it could not start.
    await removeRunFolder(home, number).catch(() => undefined);
    if (claimed) await releaseKey(home, key).catch(() => undefined);
    throw error;
  }
}

async function writeRequest(home: Home, number: number, request: object): Promise<void> {
  const file = path.join(home.run(number), 'request.json');
  await writeFile(file, JSON.stringify(request), { mode: home.fileMode });
}

/** Removes a run's folder: hides it at once, then deletes its content. What cannot be deleted stays hidden. */
export async function removeRunFolder(home: Home, number: number): Promise<void> {
  // Deleting works on a full disk, and is how people make room.
  await rememberNumber(home, number).catch(() => undefined);
  const trash = path.join(home.runs, `.trash-${number}-${randomUUID()}`);
  await rename(home.run(number), trash);
  await rm(home.activeMarker(number), { force: true });
  await rm(trash, { recursive: true, force: true, maxRetries: 3 });
}
