import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** The runner of a run's folder. */
export async function runnerPid(folder: string): Promise<number> {
  return (JSON.parse(await readFile(path.join(folder, 'runner.json'), 'utf8')) as { pid: number }).pid;
}

/** The pids of two tasks that sleep, once both have written them down. */
export async function pidsIn(folder: string): Promise<readonly number[]> {
  await until(async () => (await readdir(folder)).length === 2);
  return (await readdir(folder)).map(Number);
}

export async function gone(pids: readonly number[]): Promise<void> {
  await until(async () => pids.every((pid) => !existsSync(`/proc/${pid}`)));
}

/** Waits until something holds. */
export async function until(done: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error('It did not come to that.');
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
