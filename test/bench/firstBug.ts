import fs from 'node:fs';
import path from 'node:path';
import { mustRun } from '../../scripts/lib/runCommand.mjs';
import { root } from '../../scripts/node24.mjs';
import { type Figure, figure } from './figure.ts';

/** What is ours between an edit and its result. */
const LIMIT_MS = 1000;

/** From the end of an edit to the green result by keyboard alone: the time of each part, as the UI test of it measures. */
export async function firstBug(samples: number): Promise<readonly Figure[]> {
  const measured: Readonly<Record<string, number>>[] = [];
  for (let sample = 0; sample < samples; sample += 1) measured.push(await once());
  return Object.keys(measured[0] ?? {}).map((part) => {
    const times = measured.map((one) => one[part] ?? Number.NaN);
    const ours = !part.includes('own work');
    return figure(`first bug, ${part}`, 'ms', times, ours ? { limit: LIMIT_MS } : undefined);
  });
}

async function once(): Promise<Record<string, number>> {
  const vitest = path.join('node_modules', 'vitest', 'vitest.mjs');
  await mustRun(process.execPath, [vitest, 'run', '--project', 'ui', 'firstBug'], { cwd: root });
  const file = path.join(root, 'test-results', 'first-bug-times.json');
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, number>;
}
