import * as path from 'node:path';
import type { NamedSourceFiles } from '../../src/core/ports/sourceFiles.ts';

/** Files in memory, as the editor and the disk would have them. */
export class MemoryFiles implements NamedSourceFiles {
  readonly texts = new Map<string, string>();
  /** The files of the workspace; those that are only on the disk are not among them. */
  workspace: readonly string[] = [];

  label(file: string): string {
    return file.replace(/^\/w\//, '');
  }

  async text(file: string): Promise<string | undefined> {
    return this.texts.get(file);
  }

  async pythonIn(folder: string): Promise<readonly string[]> {
    return [...this.texts.keys()].filter((file) => path.dirname(file) === folder && file.endsWith('.py'));
  }

  async python(): Promise<readonly string[]> {
    return this.workspace;
  }
}
