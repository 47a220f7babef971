import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { markedNumber, runsFolder } from '../core/domain/localHome.ts';
import { homeFolder } from './settings.ts';

/** One look into the home at startup: true when a run seems to go on, so that its progress is followed. */
export async function mayHaveActiveRuns(): Promise<boolean> {
  const names = await readdir(path.join(homeFolder(), runsFolder)).catch(() => []);
  return names.some((name) => markedNumber(name) !== undefined);
}
