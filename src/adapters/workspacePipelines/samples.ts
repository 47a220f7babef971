import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ifThere } from '../node/files.ts';

/** A sample pipeline that comes with the extension. `sample` is its name. */
export interface SampleFile {
  readonly path: string;
  readonly label: string;
  readonly sample: string;
}

/** The samples: compiled ones, and Python files that have no compiled one beside them. */
export async function sampleFiles(folder: string): Promise<readonly SampleFile[]> {
  const names = (await ifThere(readdir(folder, { recursive: true, withFileTypes: true }))) ?? [];
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const compiled = files.filter((file) => /\.ya?ml$/.test(file));
  const stems = new Set(compiled.map((file) => file.replace(/\.ya?ml$/, '')));
  const python = files.filter((file) => file.endsWith('.py') && !stems.has(file.replace(/\.py$/, '')));
  return [...compiled, ...python].toSorted().map((file) => ({
    path: file,
    label: `sample ${path.relative(folder, file).split(path.sep).join('/')}`,
    sample: path.basename(file).replace(/\.[a-z]+$/, ''),
  }));
}
