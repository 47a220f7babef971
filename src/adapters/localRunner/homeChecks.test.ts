import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkUp } from '../../core/connections/doctor.ts';
import { thisMachine } from '../../core/domain/connection.ts';
import type { Pythons } from '../../core/ports/pythons.ts';
import { homeChecks } from './homeChecks.ts';

const info = {
  id: thisMachine,
  kind: 'thisMachine',
  name: 'This machine',
  readOnly: false,
  about: '',
} as const;
const python = {
  version: '3.12.3',
  executable: '/usr/bin/python3',
  venv: true,
  ensurepip: true,
  pip: true,
  externallyManaged: false,
  platform: 'linux',
};
const found = { python, from: 'PATH', uv: undefined, asItIs: false };
const blocker = { what: 'python', message: 'No Python is found.', hint: 'Install Python 3.9 or newer.' };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'home-checks-'));
});
afterEach(() => rm(folder, { recursive: true }));

function checked(home: string, forRuns: Awaited<ReturnType<Pythons['forRuns']>>) {
  const pythons = { forRuns: async () => forRuns } as unknown as Pythons;
  const checks = async () => homeChecks({ folder: home, pythons: async () => pythons });
  return checkUp({ info, checks }, new AbortController().signal);
}

it('a machine with Python and a home works, also before its first run', async () => {
  const words = async (home: string) =>
    (await checked(home, found)).steps.map(({ finding }) => `${finding?.state}: ${finding?.words}`);
  expect(await words(folder)).toEqual([
    'good: It is 3.12.3, from PATH.',
    `good: ${folder} can be written to.`,
  ]);
  const later = path.join(folder, 'not', 'yet');
  expect((await words(later))[1]).toBe(`good: ${later} is made by the first run.`);
});

it('says what to do without a Python, and still looks at the home', async () => {
  const { wrong, steps } = await checked(folder, { blocker });
  expect(wrong?.finding).toEqual({
    state: 'wrong',
    words: 'No Python is found.',
    fix: 'Install Python 3.9 or newer.',
  });
  expect(steps[1]?.finding?.state).toBe('good');
});

it('says so when the home cannot be one', async () => {
  const file = path.join(folder, 'file');
  await writeFile(file, '');
  expect((await checked(file, found)).wrong?.finding.words).toBe(
    `${file} is a file, where the home should be a folder.`,
  );
});
