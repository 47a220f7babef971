import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installerEnvironment, runChild, taskEnvironment } from './childProcess.ts';

const never = new AbortController().signal;
const runner = path.resolve(import.meta.dirname, '../../../resources/python/mlops_runner');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mlops-child-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const python = (script: string, deadlineMs = 20_000) => ({
  command: 'python3',
  arguments: ['-c', script],
  env: taskEnvironment([]),
  folder,
  deadlineMs,
  what: 'Trying',
});
/** False also for one that has ended and waits to be collected. */
const alive = async (pid: number) => {
  const listing = promisify(execFile)('ps', ['-o', 'stat=', '-p', String(pid)]);
  const state = await listing.then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
  return state !== '' && !state.startsWith('Z');
};
const pidIn = async (file: string) =>
  Number(await readFile(path.join(folder, file), 'utf8').catch(() => '0'));

describe.runIf(process.platform !== 'win32')('a child process', () => {
  it('ends when its process exits, even if its descendants keep its pipes open', async () => {
    const script = `
import subprocess, sys
for own in (False, True):
    child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(30)'], start_new_session=own)
    print(child.pid)
`;
    const before = performance.now();
    const { code, stdout } = await runChild(python(script), never);
    expect(performance.now() - before).toBeLessThan(5000);
    expect(code).toBe(0);
    const [inGroup = 0, outside = 0] = stdout.trim().split('\n').map(Number);
    await expect.poll(() => alive(inGroup)).toBe(false);
    process.kill(outside, 'SIGKILL');
  });

  it('returns all of its output', async () => {
    const { stdout } = await runChild(python("print('x' * 3_000_000, end='')"), never);
    expect(stdout).toHaveLength(3_000_000);
  });

  it('reports the signal that ended it', async () => {
    const result = await runChild(python('import os; os.abort()'), never);
    expect(result).toMatchObject({ code: null, signal: 'SIGABRT' });
  });
});

describe.runIf(process.platform !== 'win32')('compiling a file that never ends', () => {
  const forever = (loop: string) => `
import os, subprocess, sys
with open('pid', 'w') as file:
    file.write(str(os.getpid()))
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)'])
with open('child', 'w') as file:
    file.write(str(child.pid))
${loop}
`;
  /** The compiler's own child process without the SDK: what it imports is the file. */
  const compile = `
import sys
sys.path.insert(0, ${JSON.stringify(runner)})
import compile_pipeline
compile_pipeline.compile_function = lambda source, _f, _o, _r, loader, _s: compile_pipeline.load(source, loader)[1]()
sys.exit(compile_pipeline.main('endless.py', 'f', 'out.json'))
`;

  it.each([
    ['by itself', 'while True: pass', 60_000],
    ['in a call that never returns', 'sum(range(10**18))', 60_000],
  ])(
    'ends with the editor, %s',
    async (_, loop, deadlineMs) => {
      await writeFile(path.join(folder, 'endless.py'), forever(loop));
      const request = JSON.stringify({ ...python(compile, deadlineMs), env: { PATH: process.env['PATH'] } });
      const module = JSON.stringify(path.join(import.meta.dirname, 'childProcess.ts'));
      const editor = spawn(
        process.execPath,
        [
          '--input-type=module',
          '-e',
          `import { runChild } from ${module}; await runChild(${request}, new AbortController().signal);`,
        ],
        { stdio: 'inherit' },
      );
      await expect.poll(() => pidIn('child'), { timeout: 15_000 }).toBeGreaterThan(0);
      const pids = [await pidIn('pid'), await pidIn('child')];
      expect(await Promise.all(pids.map(alive))).toEqual([true, true]);
      editor.kill('SIGKILL');
      await expect.poll(() => alive(pids[0] ?? 0), { timeout: 5000 }).toBe(false);
      await expect.poll(() => alive(pids[1] ?? 0)).toBe(false);
    },
    30_000,
  );

  it('ends at its deadline when nobody stops it', async () => {
    await writeFile(path.join(folder, 'endless.py'), forever('while True: pass'));
    const child = spawn('python3', ['-c', compile], {
      cwd: folder,
      detached: true,
      env: { ...process.env, MLOPS_OWNER_LINE: '3', MLOPS_OWNER_SECONDS: '1' },
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const signal = await new Promise((resolve) => child.once('exit', (_, name) => resolve(name)));
    expect(signal).toBe('SIGKILL');
  }, 30_000);
});

const from = {
  PATH: '/bin',
  LC_ALL: 'C',
  PIP_INDEX_URL: 'https://me:word@index.example',
  UV_INDEX_PASSWORD: 'word',
  HTTPS_PROXY: 'http://me:word@proxy.example',
  HTTP_PROXY: 'http://proxy.example',
  AWS_SECRET_ACCESS_KEY: 'word',
};

it('people’s code gets a short list of variables, without installer settings or logins', () => {
  expect(taskEnvironment([], from)).toEqual({
    PATH: '/bin',
    LC_ALL: 'C',
    HTTP_PROXY: 'http://proxy.example',
  });
  expect(taskEnvironment(['HTTPS_PROXY'], from)).toMatchObject({ HTTPS_PROXY: from.HTTPS_PROXY });
});

it('installers get their own settings as well, and nothing else', () => {
  const { AWS_SECRET_ACCESS_KEY: _, ...all } = from;
  expect(installerEnvironment([], from)).toEqual(all);
});
