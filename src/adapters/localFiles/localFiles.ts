import type { Dirent } from 'node:fs';
import { access, lstat, mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { LocalFile, LocalFiles, LocalListing } from '../../core/ports/localFiles.ts';
import { asName } from '../../core/text/literal.ts';
import { fileSource } from '../node/fileSource.ts';
import { fileTarget } from '../node/fileTarget.ts';
import { reasonOf } from '../node/files.ts';

const mostFiles = 200_000;

/** Files of this machine for uploads and downloads. */
export const localFiles: LocalFiles = {
  list,
  existing: async (paths) => {
    const there = await Promise.all(paths.map(isThere));
    return paths.filter((_, index) => there[index]);
  },
  source: fileSource,
  target: async (file) => {
    await mkdir(path.dirname(file), { recursive: true }).catch((cause: unknown) => {
      throw new MlopsError('invalid', `${asName(path.dirname(file))} cannot be made:`, {
        outside: reasonOf(cause),
        cause,
      });
    });
    return fileTarget(file);
  },
  join: (folder, ...names) => path.join(folder, ...names),
  names: {
    isWindows: process.platform === 'win32',
    ignoresCase: process.platform === 'win32' || process.platform === 'darwin',
  },
};

async function list(start: string, signal: AbortSignal): Promise<LocalListing> {
  const files: LocalFile[] = [];
  const leftOut: { path: string; reason: string }[] = [];
  // What a person picked is followed, also where it is a link.
  const first = await stat(start).catch((cause: unknown) => {
    throw new MlopsError('notFound', `${asName(start)} cannot be read:`, { outside: reasonOf(cause), cause });
  });
  if (first.isFile())
    return { files: [{ path: start, size: first.size, names: [path.basename(start)] }], leftOut };
  const folders: (readonly string[])[] = [[]];
  for (let names = folders.pop(); names !== undefined; names = folders.pop()) {
    throwIfAborted(signal);
    for (const entry of await entriesOf(path.join(start, ...names), leftOut)) {
      const below = [...names, entry.name];
      const file = path.join(start, ...below);
      if (entry.isDirectory()) folders.push(below);
      else if (entry.isFile()) files.push({ path: file, size: (await lstat(file)).size, names: below });
      else leftOut.push({ path: file, reason: entry.isSymbolicLink() ? 'a link' : 'no file' });
    }
    if (files.length > mostFiles)
      throw new MlopsError('invalid', `More than ${mostFiles} files are in ${asName(start)}.`, {
        hint: 'Upload a part of them.',
      });
  }
  const byPath = (a: LocalFile, b: LocalFile) => (a.path < b.path ? -1 : 1);
  return { files: files.toSorted(byPath), leftOut };
}

async function entriesOf(
  folder: string,
  leftOut: { path: string; reason: string }[],
): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    leftOut.push({ path: folder, reason: reasonOf(error) });
    return [];
  }
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
