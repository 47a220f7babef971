import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { runChild, taskEnvironment } from '../../node/childProcess.ts';
import { errorCode } from '../../../core/ports/mlopsError.ts';
import { ifThere, readBounded } from '../../node/files.ts';

const identity = z.object({
  pid: z.number().int().positive(),
  startTime: z.union([z.number(), z.string()]).nullable(),
  bootId: z.string().nullable(),
});

/** A runner as it recorded itself: its pid alone may since belong to another process. */
export type RunnerIdentity = z.infer<typeof identity>;

/** The runner of a run's folder; undefined before it has begun or when the file is damaged. */
export async function runnerOf(folder: string): Promise<RunnerIdentity | undefined> {
  try {
    const text = await readBounded(path.join(folder, 'runner.json'), 10_000);
    if (text === undefined) return undefined;
    return identity.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** True while this very process runs: same pid, same start time, same boot of the machine. */
export async function isAlive(runner: RunnerIdentity): Promise<boolean> {
  if (!pidExists(runner.pid)) return false;
  if (runner.bootId !== null && runner.bootId !== (await bootId())) return false;
  if (runner.startTime === null) return true;
  return runner.startTime === (await startTime(runner.pid));
}

/** Resumes the runner of a folder where it is suspended, so that it sees the request to stop. */
export async function wake(folder: string): Promise<void> {
  const runner = await runnerOf(folder);
  if (runner === undefined || process.platform === 'win32' || !(await isAlive(runner))) return;
  try {
    process.kill(runner.pid, 'SIGCONT');
  } catch {
    // it has ended, or the pid is another process
  }
}

function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

async function bootId(): Promise<string | null> {
  if (process.platform === 'linux') {
    const text = await ifThere(readFile('/proc/sys/kernel/random/boot_id', 'ascii'));
    return text?.trim() ?? null;
  }
  return process.platform === 'win32' ? null : saidBy('/usr/sbin/sysctl', ['-n', 'kern.boottime']);
}

async function startTime(pid: number): Promise<number | string | null> {
  if (process.platform === 'linux') {
    // It may end while its file is being read (ESRCH).
    const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
    const [state, ...fields] = (text?.slice(text.lastIndexOf(')') + 2) ?? 'Z').split(' ');
    return state === 'Z' ? null : Number(fields[18]); // a zombie has ended
  }
  return process.platform === 'win32' ? null : saidBy('/bin/ps', ['-o', 'lstart=', '-p', String(pid)]);
}

/** The system's own `ps`, never one that comes first on the PATH. */
async function saidBy(command: string, args: readonly string[]): Promise<string | null> {
  const request = { command, arguments: args, env: taskEnvironment([]), deadlineMs: 5000, what: command };
  try {
    const result = await runChild(request, AbortSignal.timeout(5000));
    return result.stdout.trim() || null;
  } catch {
    return null;
  }
}
