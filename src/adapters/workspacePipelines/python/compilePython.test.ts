import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pipelineParameters } from '../../../core/pipelineSpec/parameters.ts';
import { compilePython, type CompileOutcome } from './compilePython.ts';

const never = new AbortController().signal;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlops-compile-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What compiling comes to with this in place of the compiler. */
async function compiled(script: string): Promise<CompileOutcome> {
  const file = path.join(folder, 'compiler.py');
  await writeFile(file, script);
  const source = { file: path.join(folder, 'train.py'), function: 'train', label: 'train.py' };
  return compilePython(source, { python: 'python3', script: file, env: [] }, never);
}

/** What is said when compiling comes to this. */
async function messageOf(script: string): Promise<string> {
  const result = await compiled(script);
  return result.kind === 'spec' ? '' : result.error.message;
}

it('keeps the parameters in the order of the function, though the SDK sorts them by name', async () => {
  const parameters = { a: { parameterType: 'STRING' }, b: { parameterType: 'STRING' } };
  const spec = {
    pipelineInfo: { name: 'train' },
    root: { dag: { tasks: {} }, inputDefinitions: { parameters } },
    schemaVersion: '2.1.0',
    sdkVersion: 'kfp-2.17.0',
  };
  const answer = { ok: true, parameters: ['b', 'a'], reads: [], notes: [] };
  const result = await compiled(
    `import sys; open(sys.argv[3], 'w').write(${JSON.stringify(JSON.stringify(spec))}); print(${JSON.stringify(JSON.stringify(answer))})`,
  );
  const read = result.kind === 'spec' ? pipelineParameters(result.specification.spec) : [];
  expect(read.map(({ name }) => name)).toEqual(['b', 'a']);
});

it.runIf(process.platform !== 'win32')('names the signal that ended Python', async () => {
  expect(await messageOf('import os; os.abort()')).toBe(
    'train.py could not be compiled: Python was ended by SIGABRT while it imported the file.',
  );
});

it('gives the last line when Python ends by itself', async () => {
  expect(await messageOf("import sys; sys.exit('no more')")).toBe('train.py could not be compiled: no more');
  expect(await messageOf('import sys; sys.exit(7)')).toBe('train.py could not be compiled: exit code 7');
});
