import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { homeAt } from '../home.ts';
import { keepRunner } from './keepRunner.ts';

let root: string;
let extension: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'mlops-keep-'));
  extension = path.join(root, 'extension', 'mlops_runner');
  await mkdir(extension, { recursive: true });
  await writeFile(path.join(extension, '__main__.py'), 'one');
});
afterEach(() => rm(root, { recursive: true }));

it('keeps a copy of the runner that outlives the extension folder it came from', async () => {
  const kept = await keepRunner(homeAt(path.join(root, 'home')), extension);
  await rm(path.join(root, 'extension'), { recursive: true });
  expect(await readFile(path.join(kept, '__main__.py'), 'utf8')).toBe('one');
});

it('keeps one copy for each content, even when two windows copy at once', async () => {
  const home = homeAt(path.join(root, 'home'));
  const [first, second] = await Promise.all([keepRunner(home, extension), keepRunner(home, extension)]);
  expect(first).toBe(second);
  await writeFile(path.join(extension, '__main__.py'), 'two');
  expect(await keepRunner(home, extension)).not.toBe(first);
  expect(await readdir(path.join(home.root, 'runner'))).toHaveLength(2);
  expect(await readFile(path.join(first, '__main__.py'), 'utf8')).toBe('one');
});
