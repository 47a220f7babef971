import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { WorkspaceFile, WorkspaceFiles } from '../../src/core/ports/workspaceFiles.ts';

/** The files of some folders as a workspace, without an editor. */
export class FolderFiles implements WorkspaceFiles {
  readonly #folders: readonly string[];
  readonly #listeners = new Set<() => void>();
  isTrusted = true;

  constructor(...folders: readonly string[]) {
    this.#folders = folders;
  }

  async find(
    endings: readonly string[],
    limit: number,
  ): Promise<{ files: readonly WorkspaceFile[]; cut: boolean }> {
    const all = (await Promise.all(this.#folders.map((folder) => this.#filesOf(folder)))).flat();
    const files = all.filter((file) => endings.some((ending) => file.path.endsWith(ending)));
    return { files: files.slice(0, limit), cut: files.length > limit };
  }

  watch(_endings: readonly string[], listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  folders(): readonly string[] {
    return this.#folders;
  }

  trusted(): boolean {
    return this.isTrusted;
  }

  /** Tells the listeners that files changed. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  async #filesOf(folder: string): Promise<readonly WorkspaceFile[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const prefix = this.#folders.length > 1 ? `${path.basename(folder)}/` : '';
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => ({ path: file, label: prefix + path.relative(folder, file).split(path.sep).join('/') }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }
}
