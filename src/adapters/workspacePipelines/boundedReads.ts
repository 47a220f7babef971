import { throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { WorkspaceFile } from '../../core/ports/workspaceFiles.ts';
import { answersWithin } from '../node/answersWithin.ts';
import { reasonOf } from '../node/files.ts';

/** After this time a file counts as unreadable: a network drive may hang. */
const longestReadMs = 5000;

/** Reads files that may be unreadable or never answer; one that hangs is not read again until it answers. */
export class BoundedReads<T> {
  readonly #read: (file: WorkspaceFile) => Promise<T>;
  readonly #readMs: number;
  readonly #pending = new Map<string, Promise<T>>();

  constructor(read: (file: WorkspaceFile) => Promise<T>, readMs = longestReadMs) {
    this.#read = read;
    this.#readMs = readMs;
  }

  /** The content of a file. One that cannot be read is added to `unread`, with the reason. Throws cancelled. */
  async read(file: WorkspaceFile, signal: AbortSignal, unread: string[]): Promise<T | undefined> {
    throwIfAborted(signal);
    try {
      return await answersWithin(this.#readMs, this.#once(file), signal, 'it');
    } catch (error) {
      throwIfAborted(signal);
      unread.push(`${file.label} (${reasonOf(error)})`);
      return undefined;
    }
  }

  #once(file: WorkspaceFile): Promise<T> {
    const pending = this.#pending.get(file.path);
    if (pending !== undefined) return pending;
    const reading = this.#read(file).finally(() => this.#pending.delete(file.path));
    this.#pending.set(file.path, reading);
    return reading;
  }
}
