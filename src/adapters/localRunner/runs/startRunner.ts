import { spawn, type ChildProcess } from 'node:child_process';
import { open, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../../core/ports/clock.ts';
import { MlopsError, throwIfAborted } from '../../../core/ports/mlopsError.ts';
import { endGroup } from '../../node/childProcess.ts';
import { diskFull } from '../homeErrors.ts';
import { ifThere, readBounded } from '../../node/files.ts';

const startDeadlineMs = 30_000;
const lookEveryMs = 10;
/** Least free space to start with, in bytes: with less a runner cannot even record that the disk is full. */
const leastSpace = 64 * 1024;
const leastFiles = 8;

export interface RunnerStart {
  readonly python: string;
  readonly runnerPackage: string;
  /** The run's folder, with request.json in it. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Rights of its log. */
  readonly logMode: number;
}

/**
 * Starts the runner of a run, detached, so that it outlives the editor. Resolves when it has written its first record.
 * When it ends before that, takes too long, or `signal` aborts, no process is left and an MlopsError is thrown.
 */
export async function startRunner(start: RunnerStart, clock: Clock, signal: AbortSignal): Promise<void> {
  throwIfAborted(signal);
  const child = await spawnDetached(start);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, name) => resolve(name ? `signal ${name}` : `exit code ${code}`));
  });
  let how: string | undefined;
  void ended.then((text) => (how = text));
  try {
    const deadline = clock.now() + startDeadlineMs;
    while (!(await ifThere(stat(path.join(start.folder, 'run.json'))))) {
      throwIfAborted(signal);
      if (how !== undefined) throw await endedAtOnce(start.folder, how);
      if (clock.now() > deadline) throw new MlopsError('timeout', 'The runner did not begin within 30 s.');
      await clock.delay(lookEveryMs, signal);
    }
    throwIfAborted(signal);
    child.unref();
  } catch (error) {
    endGroup(child);
    await ended;
    throw error;
  }
}

async function spawnDetached(start: RunnerStart): Promise<ChildProcess> {
  const log = await open(path.join(start.folder, 'runner.log'), 'a', start.logMode);
  try {
    const args = ['-I', '-S', path.join(start.runnerPackage, '__main__.py'), start.folder];
    const stdio = ['ignore', log.fd, log.fd] as const;
    return spawn(start.python, args, {
      cwd: start.folder,
      env: start.env,
      detached: true,
      stdio: [...stdio],
      windowsHide: true,
    });
  } finally {
    await log.close();
  }
}

/** Some file systems do not count files and report that there can be none. */
async function hasNoRoom(folder: string): Promise<boolean> {
  const { bavail, bsize, files, ffree } = await statfs(folder);
  return bavail * bsize < leastSpace || (files > 0 && ffree < leastFiles);
}

async function endedAtOnce(folder: string, how: string): Promise<MlopsError> {
  const text = (await readBounded(path.join(folder, 'runner.log'), 1_000_000)) ?? '';
  if (await hasNoRoom(folder)) return diskFull(folder, 'The run could not be started: ');
  const last = text.trim().split('\n').slice(-3).join(' ').slice(0, 600);
  const words = `The runner ended before the run began (${how})${last === '' ? '.' : ':'}`;
  return new MlopsError('internal', words, { outside: last });
}
