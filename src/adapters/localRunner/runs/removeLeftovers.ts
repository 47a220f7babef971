import { readFile, readdir, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { numberInId } from '../../../core/domain/localHome.ts';
import { ifThere } from '../../node/files.ts';
import type { Home } from '../home.ts';
import type { RunRecord } from './runRecord.ts';

/** How long a key is kept: a repeated request comes within moments of the first. */
const oldKeyMs = 24 * 3_600_000;
/** Deleting a run takes seconds. */
const oldTrashMs = 3_600_000;
const mostKeys = 2000;

/**
 * After a run was deleted: removes the outputs of tries that its record does not name (they were stopped or killed), and
 * the rest of interrupted deletions. Artifacts that a record names stay: the cache may use them.
 */
export async function removeLeftovers(home: Home, record: RunRecord | undefined, now: number): Promise<void> {
  const work = [removeOldKeys(home, now), removeOldTrash(home, now)];
  if (record !== undefined) work.push(removeUnnamed(home, record));
  // The run itself is deleted, as requested; the next deletion finds the rest.
  await Promise.allSettled(work);
}

/** `artifacts/<pipeline>/<run id>/<task>/<try>`: tries without an output that the record names. */
async function removeUnnamed(home: Home, { id, tasks }: RunRecord): Promise<void> {
  const named = new NamedPaths(home, filesOf(tasks));
  for (const pipeline of await foldersIn(path.join(home.objects, 'artifacts')))
    for (const attempt of await triesIn(path.join(pipeline, id)))
      if (!named.holdsAnyOf(attempt)) await removeTry(attempt);
}

/** The addresses of a record's outputs. */
export function filesOf(tasks: RunRecord['tasks']): readonly string[] {
  return tasks.flatMap((task) => task.artifacts ?? []).map(({ uri }) => uri);
}

/** Named files, wherever the home was when their addresses were written. */
export class NamedPaths {
  readonly #objects: string;
  readonly #named: ReadonlySet<string>;

  constructor(home: Home, uris: Iterable<string>) {
    this.#objects = home.objects;
    this.#named = new Set([...uris].flatMap((uri) => foldersAbove(localPath(uri))));
  }

  /** True when this try's folder, a folder around it, or a file in it is named. */
  holdsAnyOf(attempt: string): boolean {
    const parts = path.relative(this.#objects, attempt).split(path.sep);
    return parts.some((_, index) => index > 0 && this.#named.has(parts.slice(0, index + 1).join(path.sep)));
  }
}

/** Every `artifacts/<pipeline>/<run id>/<task>/<try>` that a file's path contains. */
function foldersAbove(file: string): readonly string[] {
  const parts = file.split(path.sep);
  return parts.flatMap((part, index) =>
    part === 'artifacts' ? [parts.slice(index, index + 5).join(path.sep)] : [],
  );
}

/** Folders of tries in the folder of a run. */
export async function triesIn(run: string): Promise<readonly string[]> {
  const tries = await Promise.all((await foldersIn(run)).map(foldersIn));
  return tries.flat();
}

/** Removes the outputs of a try, and the folders above that are empty then. */
export async function removeTry(attempt: string): Promise<void> {
  await rm(attempt, { recursive: true, force: true });
  const task = path.dirname(attempt);
  for (const folder of [task, path.dirname(task)]) await rmdir(folder).catch(() => undefined);
}

async function removeOldKeys(home: Home, now: number): Promise<void> {
  for (const file of await oldKeys(home, now)) await rm(file, { force: true });
}

/** Keys of runs that are gone. */
export async function oldKeys(home: Home, now: number): Promise<readonly string[]> {
  const old: string[] = [];
  const names = (await ifThere(readdir(home.keys))) ?? [];
  for (const name of names.slice(0, mostKeys)) {
    const file = path.join(home.keys, name);
    if ((await ageOf(file, now)) < oldKeyMs) continue;
    const id = name.startsWith('.') ? undefined : await ifThere(readFile(file, 'utf8'));
    const number = numberInId(id ?? '');
    if (number === undefined || !(await ifThere(stat(home.run(number))))) old.push(file);
  }
  return old;
}

async function removeOldTrash(home: Home, now: number): Promise<void> {
  for (const folder of await oldTrash(home, now)) await rm(folder, { recursive: true, force: true });
}

/** Runs whose deletion was interrupted. */
export async function oldTrash(home: Home, now: number): Promise<readonly string[]> {
  const old: string[] = [];
  for (const name of (await ifThere(readdir(home.runs))) ?? []) {
    const folder = path.join(home.runs, name);
    if (name.startsWith('.trash-') && (await ageOf(folder, now)) > oldTrashMs) old.push(folder);
  }
  return old;
}

async function ageOf(file: string, now: number): Promise<number> {
  return now - ((await ifThere(stat(file)))?.mtimeMs ?? now);
}

/** Paths of the subfolders of a folder, without links. */
export async function foldersIn(folder: string): Promise<readonly string[]> {
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
