import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { ifThere } from '../../node/files.ts';

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
    const ours = await Promise.all(beside.map((entry) => isHarmless(entry, hashes)));
    return ours.every(Boolean);
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

/** True for what cannot be imported, or was shipped itself. */
async function isHarmless(entry: Dirent, hashes: ReadonlySet<string>): Promise<boolean> {
  if (entry.isDirectory()) return entry.name === '__pycache__' || entry.name.startsWith('.');
  if (!/\.(py|pyc|so|pyd)$/.test(entry.name)) return !entry.isSymbolicLink();
  const hash = await hashOf(path.join(entry.parentPath, entry.name));
  return entry.name.endsWith('.py') && hash !== undefined && hashes.has(hash);
}
