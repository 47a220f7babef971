import { mkdir, readFile, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { runNumber } from '../../../core/domain/localHome.ts';
import { errorCode } from '../../../core/ports/mlopsError.ts';
import { ifThere } from '../../node/files.ts';
import type { Home } from '../home.ts';

const attempts = 1000;

/** Makes the folder of the next run and returns its number. Numbers are given once, also when runs are deleted. */
export async function allocateNumber(home: Home): Promise<number> {
  await mkdir(home.runs, { recursive: true, mode: home.folderMode });
  let next = Math.max(await lastNumber(home), ...(await usedNumbers(home))) + 1;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await makeFolder(home.run(next), home.folderMode)) {
      // Another window may have used and deleted the number since it was looked up.
      if (await takeNumber(home, next)) return next;
      await rmdir(home.run(next));
    }
    next += 1;
  }
  throw new Error(`No free run number in ${home.runs}.`);
}

async function usedNumbers(home: Home): Promise<readonly number[]> {
  const names = (await ifThere(readdir(home.runs))) ?? [];
  return names.flatMap((name) => runNumber(name) ?? []);
}

async function lastNumber(home: Home): Promise<number> {
  const text = await ifThere(readFile(home.lastNumber, 'utf8'));
  return runNumber(text?.trim() ?? '') ?? 0;
}

/** False when the number was given to an earlier run. */
async function takeNumber(home: Home, number: number): Promise<boolean> {
  try {
    if ((await lastNumber(home)) >= number) return false;
    await writeLast(home, number);
    return true;
  } catch (error) {
    await rmdir(home.run(number));
    throw error;
  }
}

/** Makes sure that a number is not given again once its folder is gone. */
export async function rememberNumber(home: Home, number: number): Promise<void> {
  if ((await lastNumber(home)) < number) await writeLast(home, number);
}

async function writeLast(home: Home, number: number): Promise<void> {
  const beside = `${home.lastNumber}-${randomUUID()}`;
  try {
    await writeFile(beside, String(number), { mode: home.fileMode });
    await rename(beside, home.lastNumber);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function makeFolder(folder: string, mode: number): Promise<boolean> {
  try {
    await mkdir(folder, { mode });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** `iris-training` for "Iris (training)!": the beginning of a run's id. */
export function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  const short = plain.slice(0, 32).replace(/^-+|-+$/g, '');
  return short === '' ? 'run' : short;
}
