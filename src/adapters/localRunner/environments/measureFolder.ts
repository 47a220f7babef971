import { lstat, opendir } from 'node:fs/promises';
import path from 'node:path';
import type { EnvironmentSize } from '../../../core/ports/environments.ts';
import { errorCode, throwIfAborted } from '../fileErrors.ts';

/** Where counting is broken off. */
export interface MeasureBound {
  readonly files: number;
  readonly ms: number;
}

/**
 * What a folder takes on disk: files with several names in it count once, links are never followed, and what goes away
 * meanwhile does not count.
 */
export async function measureFolder(
  folder: string,
  bound: MeasureBound,
  signal: AbortSignal,
): Promise<EnvironmentSize> {
  const until = performance.now() + bound.ms;
  const known = new Set<string>();
  const folders = [folder];
  let [bytes, files] = [0, 0];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    for await (const entry of entriesOf(at)) {
      throwIfAborted(signal);
      files += 1;
      if (files > bound.files || performance.now() > until) return { bytes, complete: false };
      const place = path.join(at, entry.name);
      if (entry.isDirectory()) folders.push(place);
      else bytes += await sizeOf(place, known);
    }
  }
  return { bytes, complete: true };
}

async function* entriesOf(folder: string) {
  try {
    yield* await opendir(folder);
  } catch (error) {
    if (!gone(error)) throw error;
  }
}

async function sizeOf(file: string, known: Set<string>): Promise<number> {
  try {
    const { nlink, dev, ino, size } = await lstat(file);
    const key = `${dev}:${ino}`;
    if (nlink > 1 && known.has(key)) return 0;
    if (nlink > 1) known.add(key);
    return size;
  } catch (error) {
    if (gone(error)) return 0;
    throw error;
  }
}

function gone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EACCES'].includes(errorCode(error) ?? '');
}
