import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compilePython } from './compilePython.ts';

const never = new AbortController().signal;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlops-compile-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What is said when compiling comes to this. */
async function said(script: string): Promise<string> {
  const file = path.join(folder, 'compiler.py');
  await writeFile(file, script);
  const source = { file: path.join(folder, 'train.py'), function: 'train', label: 'train.py' };
  const result = await compilePython(source, { python: 'python3', script: file, env: [] }, never);
  return result.kind === 'spec' ? '' : result.error.message;
}

it.runIf(process.platform !== 'win32')('names the signal that ended Python', async () => {
  expect(await said('import os; os.abort()')).toBe(
    'train.py could not be compiled: Python was ended by SIGABRT while it imported the file.',
  );
});

it('gives the last line of what ended Python by itself', async () => {
  expect(await said("import sys; sys.exit('no more')")).toBe('train.py could not be compiled: no more');
  expect(await said('import sys; sys.exit(7)')).toBe('train.py could not be compiled: exit code 7');
});
