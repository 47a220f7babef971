import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { markedNumber, runsFolder } from '../core/domain/localHome.ts';

/** True when a home may have an active run, so that its progress has to be followed. */
export async function mayHaveActiveRuns(home: string): Promise<boolean> {
  const names = await readdir(path.join(home, runsFolder)).catch(() => []);
  return names.some((name) => markedNumber(name) !== undefined);
}
