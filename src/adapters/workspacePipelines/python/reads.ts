import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { errorCode } from '../../../core/ports/mlopsError.ts';

/** Something that compiling read, and what it was then (compile_reads.py); null where nothing was there. */
export const read = z.object({
  path: z.string(),
  kind: z.enum(['content', 'presence', 'names', 'modules']),
  names: z.array(z.string()).nullish(),
  state: z.string().nullable(),
});
export type Read = z.infer<typeof read>;

/** What a compilation read. `unknown` says why that may not be all. */
export interface Reads {
  readonly reads: readonly Read[];
  readonly unknown?: string;
}

const atOnce = 32;
const module = /\.(py|pyc|so|pyd)$/;

/** True when everything is what it was. */
export async function areSame(reads: readonly Read[]): Promise<boolean> {
  for (let at = 0; at < reads.length; at += atOnce) {
    const group = reads.slice(at, at + atOnce);
    const states = await Promise.all(group.map((one) => stateOf(one)));
    if (group.some((one, index) => one.state !== states[index])) return false;
  }
  return true;
}

/** The same things as they are now. */
export async function asTheyAre(reads: readonly Read[]): Promise<readonly Read[]> {
  const now: Read[] = [];
  for (let at = 0; at < reads.length; at += atOnce) {
    const group = reads.slice(at, at + atOnce).map(async (one) => ({ ...one, state: await stateOf(one) }));
    now.push(...(await Promise.all(group)));
  }
  return now;
}

/** A file to be looked at as if it had been read. */
export function contentOf(file: string): Read {
  return { path: file, kind: 'content', state: null };
}

/** What stands for the contents of these files. */
export async function contentKey(files: readonly string[]): Promise<string> {
  const states = await asTheyAre(files.map(contentOf));
  return createHash('sha256').update(JSON.stringify(states)).digest('hex');
}

/** What something is now, in the words of compile_reads.py. */
async function stateOf({ path: file, kind, names }: Read): Promise<string | null> {
  try {
    if (kind === 'content') return await contentState(file);
    if (kind === 'names') return digestOf((await readdir(file)).filter((name) => name !== '__pycache__'));
    if (kind === 'modules') return await modulesState(file, new Set(names));
    const found = await stat(file);
    return found.isDirectory() ? 'folder' : `file ${found.size}`;
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (code === 'ENOENT' || code === 'ENOTDIR' || kind !== 'content') return null;
    return code === 'EISDIR' ? 'folder' : code; // what may not be read is not what was read
  }
}

async function contentState(file: string): Promise<string | null> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

async function modulesState(folder: string, names: ReadonlySet<string>): Promise<string> {
  const found = await readdir(folder);
  return digestOf(
    found.filter(
      (name) => names.has(name) || (module.test(name) && names.has(name.slice(0, name.indexOf('.')))),
    ),
  );
}

function digestOf(names: readonly string[]): string {
  return createHash('sha256').update(names.toSorted(byCodePoint).join('\n')).digest('hex');
}

/** The order of Python: a name beyond the first 65536 characters comes after all others. */
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** True for what lies below a folder, or is it. */
export function isBelow(file: string, folder: string): boolean {
  const beside = path.relative(folder, file);
  return (
    beside === '' || (!beside.startsWith(`..${path.sep}`) && beside !== '..' && !path.isAbsolute(beside))
  );
}
