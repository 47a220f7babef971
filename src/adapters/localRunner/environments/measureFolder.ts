import { lstat, opendir } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, throwIfAborted } from '../../../core/ports/mlopsError.ts';
import type { EnvironmentSize } from '../../../core/ports/environments.ts';

/** Where counting stops. */
export interface MeasureBound {
  readonly files: number;
  readonly ms: number;
}

/** Most of a home that is counted, so that it does not take too long. */
export const measureBound: MeasureBound = { files: 300_000, ms: 20_000 };

const mostNamed = 20;

/**
 * Size of a folder on disk. Hard links count once, symbolic links are not followed, what disappears while counting
 * does not count, and folders that cannot be read are named.
 */
export async function measureFolder(
  folder: string,
  bound: MeasureBound,
  signal: AbortSignal,
): Promise<EnvironmentSize> {
  const until = performance.now() + bound.ms;
  const known = new Set<string>();
  const folders = [folder];
  const unreadable: string[] = [];
  const unread = (place: string) => void (unreadable.length < mostNamed && unreadable.push(place));
  const measured = (complete: boolean) => ({
    bytes,
    complete: complete && unreadable.length === 0,
    ...(unreadable.length === 0 ? {} : { unreadable }),
  });
  let [bytes, files] = [0, 0];
  for (let current = folders.pop(); current !== undefined; current = folders.pop()) {
    for await (const entry of entriesOf(current, unread)) {
      throwIfAborted(signal);
      files += 1;
      if (files > bound.files || performance.now() > until) return measured(false);
      const place = path.join(current, entry.name);
      if (entry.isDirectory()) folders.push(place);
      else bytes += await sizeOf(place, known, unread);
    }
  }
  return measured(true);
}

type Unread = (place: string) => void;

async function* entriesOf(folder: string, unread: Unread) {
  try {
    yield* await opendir(folder);
  } catch (error) {
    if (!gone(error)) unread(folder);
  }
}

async function sizeOf(file: string, known: Set<string>, unread: Unread): Promise<number> {
  try {
    const { nlink, dev, ino, size } = await lstat(file);
    const key = `${dev}:${ino}`;
    if (nlink > 1 && known.has(key)) return 0;
    if (nlink > 1) known.add(key);
    return size;
  } catch (error) {
    if (!gone(error)) unread(file);
    return 0;
  }
}

function gone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '');
}
