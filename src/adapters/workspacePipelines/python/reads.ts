import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { errorCode } from '../../../core/ports/mlopsError.ts';

/** Something that compiling read, and its state then (compile_reads.py); null where it did not exist. */
export const read = z.object({
  path: z.string(),
  kind: z.enum(['content', 'presence', 'names', 'modules']),
  names: z.array(z.string()).nullish(),
  state: z.string().nullable(),
});
export type Read = z.infer<typeof read>;

/** What a compilation read. `unknown` says why the list may be incomplete. */
export interface Reads {
  readonly reads: readonly Read[];
  readonly unknown?: string;
}

const atOnce = 32;
const module = /\.(py|pyc|so|pyd)$/;

/** True when everything has the same state. */
export async function areSame(reads: readonly Read[]): Promise<boolean> {
  for (let start = 0; start < reads.length; start += atOnce) {
    const group = reads.slice(start, start + atOnce);
    const states = await Promise.all(group.map((one) => stateOf(one)));
    if (group.some((one, index) => one.state !== states[index])) return false;
  }
  return true;
}

/** The same things in their present state. */
export async function asTheyAre(reads: readonly Read[]): Promise<readonly Read[]> {
  const now: Read[] = [];
  for (let start = 0; start < reads.length; start += atOnce) {
    const group = reads
      .slice(start, start + atOnce)
      .map(async (one) => ({ ...one, state: await stateOf(one) }));
    now.push(...(await Promise.all(group)));
  }
  return now;
}

/** A file as a read whose state is not known yet. */
export function contentOf(file: string): Read {
  return { path: file, kind: 'content', state: null };
}

/** Hash of the contents of these files. */
export async function contentKey(files: readonly string[]): Promise<string> {
  const states = await asTheyAre(files.map(contentOf));
  return createHash('sha256').update(JSON.stringify(states)).digest('hex');
}

/** The present state of something, in the notation of compile_reads.py. */
async function stateOf({ path: file, kind, names }: Read): Promise<string | null> {
  try {
    if (kind === 'content') return await contentState(file);
    if (kind === 'names') return digestOf((await readdir(file)).filter((name) => name !== '__pycache__'));
    if (kind === 'modules') return await modulesState(file, new Set(names));
    const stats = await stat(file);
    return stats.isDirectory() ? 'folder' : `file ${stats.size}`;
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === 'ENOENT' || code === 'ENOTDIR' || kind !== 'content') return null;
    return code === 'EISDIR' ? 'folder' : code; // unreadable is another state than what was read
  }
}

async function contentState(file: string): Promise<string | null> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

async function modulesState(folder: string, names: ReadonlySet<string>): Promise<string> {
  const children = await readdir(folder);
  return digestOf(
    children.filter(
      (name) => names.has(name) || (module.test(name) && names.has(name.slice(0, name.indexOf('.')))),
    ),
  );
}

function digestOf(names: readonly string[]): string {
  return createHash('sha256').update(names.toSorted(byCodePoint).join('\n')).digest('hex');
}

/** Python's order: a character beyond the first 65536 comes after all others. */
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** True for a folder itself and all that is below it. */
export function isBelow(file: string, folder: string): boolean {
  const beside = path.relative(folder, file);
  return (
    beside === '' || (!beside.startsWith(`..${path.sep}`) && beside !== '..' && !path.isAbsolute(beside))
  );
}
