import { lstat, readlink, stat } from 'node:fs/promises';
import path from 'node:path';
import { ifThere } from '../node/files.ts';

const mostLinks = 40;

/**
 * True when a path leads through one of the folders, by any links and in any spelling: folders are compared by identity,
 * not by name. A path that cannot be followed counts as leading through.
 */
export async function leadsThrough(file: string, folders: readonly string[]): Promise<boolean> {
  const wanted = new Set((await Promise.all(folders.map(identityOf))).filter((id) => id !== undefined));
  try {
    for await (const identity of wayTo(file)) if (wanted.has(identity)) return true;
    return false;
  } catch {
    return true;
  }
}

/** Every file, folder and link along a path, each link followed. */
async function* wayTo(file: string): AsyncGenerator<string> {
  let { root: at } = path.parse(path.resolve(file));
  let rest = partsOf(path.resolve(file));
  for (let links = 0; ;) {
    yield idOf(await lstat(at, { bigint: true }));
    const [name, ...further] = rest;
    if (name === undefined) return;
    rest = further;
    const next = path.join(at, name); // for ".." the folder above
    const entry = await lstat(next, { bigint: true });
    if (!entry.isSymbolicLink()) {
      at = next;
      continue;
    }
    if (++links > mostLinks) throw new Error(`${file} leads through too many links.`);
    const target = await readlink(next);
    if (path.isAbsolute(target)) at = path.parse(target).root;
    rest = [...partsOf(target), ...rest];
  }
}

/** The names between a path's root and its end. */
function partsOf(file: string): readonly string[] {
  const { root } = path.parse(file);
  return file
    .slice(root.length)
    .split(path.sep)
    .filter((name) => name !== '' && name !== '.');
}

async function identityOf(folder: string): Promise<string | undefined> {
  const stats = await ifThere(stat(folder, { bigint: true }));
  return stats && idOf(stats);
}

function idOf({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev}-${ino}`;
}
