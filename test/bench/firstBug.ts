import fs from 'node:fs';
import path from 'node:path';
import { mustRun } from '../../scripts/lib/runCommand.mjs';
import { root } from '../../scripts/node24.mjs';
import { type Figure, figure } from './figure.ts';

/** What is ours between an edit and its result. */
const limitMs = 1000;
/** One before each of the two runs. */
const mostQuestions = 2;

interface Measured {
  readonly times: Readonly<Record<string, number>>;
  readonly questions: number;
}

/** From the end of an edit to the green result by keyboard alone: the time of each part, as the UI test of it measures. */
export async function firstBug(samples: number): Promise<readonly Figure[]> {
  const measured: Measured[] = [];
  for (let sample = 0; sample < samples; sample += 1) measured.push(await once());
  const parts = Object.keys(measured[0]?.times ?? {}).map((part) => {
    const times = measured.map((measurement) => measurement.times[part] ?? Number.NaN);
    const ours = !part.includes('own work');
    return figure(`first bug, ${part}`, 'ms', times, ours ? { limit: limitMs } : undefined);
  });
  const questions = measured.map((measurement) => measurement.questions);
  return [...parts, figure('first bug, questions asked', '', questions, { limit: mostQuestions })];
}

async function once(): Promise<Measured> {
  const vitest = path.join('node_modules', 'vitest', 'vitest.mjs');
  await mustRun(process.execPath, [vitest, 'run', '--project', 'ui', 'firstBug'], { cwd: root });
  const file = path.join(root, 'test-results', 'first-bug-times.json');
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Measured;
}
