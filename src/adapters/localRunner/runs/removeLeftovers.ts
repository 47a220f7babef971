import { readFile, readdir, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ifThere } from '../fileErrors.ts';
import { runNumber } from '../home.ts';
import type { Home } from '../home.ts';
import type { RunRecord } from './runRecord.ts';

/** A key is asked for again within moments of its first use, if ever. */
const OLD_KEY_MS = 24 * 3_600_000;
/** Deleting a run takes seconds. */
const OLD_TRASH_MS = 3_600_000;
const MOST_KEYS = 2000;

/**
 * After a run was deleted: removes what its tasks wrote and its record does not name (they were stopped or killed), and
 * what deletions that were cut off left. Artifacts that a record named stay: the cache may know them.
 */
export async function removeLeftovers(home: Home, record: RunRecord | undefined, now: number): Promise<void> {
  const work = [removeOldKeys(home, now), removeOldTrash(home, now)];
  if (record !== undefined) work.push(removeUnnamed(home, record));
  // The run itself is gone, which was asked for; the rest is found the next time.
  await Promise.allSettled(work);
}

/** `artifacts/<pipeline>/<run id>/<task>/<try>`: a try none of whose outputs the record names. */
async function removeUnnamed(home: Home, { id, tasks }: RunRecord): Promise<void> {
  const bucket = path.join(home.objects, 'artifacts');
  const named = tasks.flatMap((task) => task.artifacts ?? []).map(({ uri }) => localPath(uri));
  for (const pipeline of await foldersIn(bucket)) {
    const run = path.join(pipeline, id);
    for (const task of await foldersIn(run)) {
      for (const attempt of await foldersIn(task))
        if (!named.some((file) => file.startsWith(attempt + path.sep)))
          await rm(attempt, { recursive: true, force: true });
      await rmdir(task).catch(() => undefined);
    }
    await rmdir(run).catch(() => undefined);
  }
}

/** Keys of runs that are gone. */
async function removeOldKeys(home: Home, now: number): Promise<void> {
  const names = (await ifThere(readdir(home.keys))) ?? [];
  for (const name of names.slice(0, MOST_KEYS)) {
    const file = path.join(home.keys, name);
    if ((await ageOf(file, now)) < OLD_KEY_MS) continue;
    const id = name.startsWith('.') ? undefined : await ifThere(readFile(file, 'utf8'));
    const number = runNumber(/-(\d+)$/.exec(id ?? '')?.[1] ?? '');
    if (number === undefined || !(await ifThere(stat(home.run(number))))) await rm(file, { force: true });
  }
}

/** Runs that were on their way out. */
async function removeOldTrash(home: Home, now: number): Promise<void> {
  for (const name of (await ifThere(readdir(home.runs))) ?? []) {
    const folder = path.join(home.runs, name);
    if (name.startsWith('.trash-') && (await ageOf(folder, now)) > OLD_TRASH_MS)
      await rm(folder, { recursive: true, force: true });
  }
}

async function ageOf(file: string, now: number): Promise<number> {
  return now - ((await ifThere(stat(file)))?.mtimeMs ?? now);
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = (await ifThere(readdir(folder, { withFileTypes: true }))) ?? [];
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name));
}

function localPath(uri: string): string {
  try {
    return uri.startsWith('file://') ? fileURLToPath(uri) : path.normalize(uri);
  } catch {
    return uri;
  }
}
