import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { changedAt } from './localImports.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlops-imports-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, text: string, seconds: number): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  await utimes(file, seconds, seconds);
  return file;
}

it.each([
  ['import score', 'score.py'],
  ['import os, score as s', 'score.py'],
  ['from steps.score import score', 'steps/score.py'],
  ['from steps import (load, score)', 'steps/score.py'],
  ['from steps import common', 'steps/__init__.py'],
  ['if True:\n    from .score import score', 'score.py'],
  ['from . import score', 'score.py'],
  ['from steps.first import a', 'steps/second.py'],
])('%s depends on %s', async (line, imported) => {
  await write('steps/first.py', 'from .second import b', 100);
  await write(imported, '', 300);
  expect(await changedAt(await write('pipeline.py', line, 200))).toBe(300_000);
});

it('a file without local imports depends on itself only, and modules that import each other count once', async () => {
  await write('other.py', '', 300);
  expect(await changedAt(await write('pipeline.py', 'import os\nfrom kfp import dsl', 200))).toBe(200_000);
  await write('a.py', 'import b', 100);
  await write('b.py', 'import a', 250);
  expect(await changedAt(path.join(folder, 'a.py'))).toBe(250_000);
  expect(await changedAt(path.join(folder, 'gone.py'))).toBe(0);
});
