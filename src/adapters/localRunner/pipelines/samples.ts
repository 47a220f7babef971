import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { ifThere } from '../fileErrors.ts';

/** A sample pipeline that comes with the extension. `sample` is its name. */
export interface SampleFile {
  readonly path: string;
  readonly label: string;
  readonly sample: string;
}

/** The samples: compiled ones, and Python files that have no compiled one beside them. */
export async function sampleFiles(folder: string): Promise<readonly SampleFile[]> {
  const names = (await ifThere(readdir(folder, { recursive: true, withFileTypes: true }))) ?? [];
  const files = names.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name));
  const compiled = files.filter((file) => /\.ya?ml$/.test(file));
  const stems = new Set(compiled.map((file) => file.replace(/\.ya?ml$/, '')));
  const python = files.filter((file) => file.endsWith('.py') && !stems.has(file.replace(/\.py$/, '')));
  return [...compiled, ...python].toSorted().map((file) => ({
    path: file,
    label: `sample ${path.relative(folder, file).split(path.sep).join('/')}`,
    sample: path.basename(file).replace(/\.[a-z]+$/, ''),
  }));
}

/** Tells Python files that came with the extension, and untouched copies of them, from others. */
export class ShippedPython {
  readonly #folder: string;
  #hashes: Promise<ReadonlySet<string>> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** True for a shipped file, wherever it is, as long as nothing beside it can be taken for a module that it imports. */
  async holds(file: string): Promise<boolean> {
    const hashes = await (this.#hashes ??= this.#hashAll());
    const hash = await hashOf(file);
    if (hash === undefined || !hashes.has(hash)) return false;
    const beside = (await ifThere(readdir(path.dirname(file), { withFileTypes: true }))) ?? [];
    for (const one of beside) {
      const place = path.join(path.dirname(file), one.name);
      if (one.isDirectory() && one.name !== '__pycache__' && !one.name.startsWith('.')) return false;
      if (/\.(pyc|so|pyd)$/.test(one.name) || one.isSymbolicLink()) return false;
      if (one.name.endsWith('.py') && !hashes.has((await hashOf(place)) ?? '')) return false;
    }
    return true;
  }

  async #hashAll(): Promise<ReadonlySet<string>> {
    const names = (await ifThere(readdir(this.#folder, { recursive: true }))) ?? [];
    const python = names.filter((name) => name.endsWith('.py')).map((name) => path.join(this.#folder, name));
    const hashes = await Promise.all(python.map((file) => hashOf(file)));
    return new Set(hashes.filter((hash) => hash !== undefined));
  }
}

async function hashOf(file: string): Promise<string | undefined> {
  const bytes = await ifThere(readFile(file));
  return bytes && createHash('sha256').update(bytes).digest('hex');
}
