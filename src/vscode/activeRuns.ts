import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { markedNumber, runsFolder } from '../core/domain/localHome.ts';

/** One look into a home: true when a run of it seems to go on, so that its progress is followed. */
export async function mayHaveActiveRuns(home: string): Promise<boolean> {
  const names = await readdir(path.join(home, runsFolder)).catch(() => []);
  return names.some((name) => markedNumber(name) !== undefined);
}
