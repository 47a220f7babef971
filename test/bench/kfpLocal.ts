import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pinned } from '../../scripts/lib/pinnedPackages.mjs';
import { mustRun } from '../../scripts/lib/runCommand.mjs';
import { cacheFolder } from '../../scripts/node24.mjs';

const kfp = '2.17.0'; // and in scripts/python/kfp.txt

/** The peer: `kfp.local` in a Python that goes on, so that its own import is not counted. */
export interface KfpLocal {
  run(): Promise<{ readonly seconds: number; readonly cpu: number }>;
  close(): void;
}

export async function openKfpLocal(): Promise<KfpLocal> {
  const bin = await ensureKfp();
  // As an activated environment: the tasks' commands find `python3` and `pip` on the PATH.
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` };
  const child = spawn(path.join(bin, 'python'), [path.join(import.meta.dirname, 'kfp_local.py')], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async run() {
      child.stdin.write('run\n');
      const { value } = await lines.next();
      if (typeof value !== 'string') throw new Error('kfp.local ended.');
      return JSON.parse(value) as { seconds: number; cpu: number };
    },
    close: () => child.stdin.end(),
  };
}

/** An environment with the whole Kubeflow Pipelines SDK (115 MB), made once. Gives its folder of executables. */
async function ensureKfp(): Promise<string> {
  const folder = path.join(cacheFolder, 'bench', `kfp-${kfp}`);
  const windows = process.platform === 'win32';
  const bin = path.join(folder, windows ? 'Scripts' : 'bin');
  const ready = path.join(folder, 'ready');
  if (fs.existsSync(ready)) return bin;
  const pip = (...args: string[]) => mustRun(path.join(bin, 'python'), ['-m', 'pip', 'install', ...args]);
  process.stderr.write(`Installing kfp ${kfp} to measure against …\n`);
  fs.rmSync(folder, { recursive: true, force: true });
  await mustRun(windows ? 'python' : 'python3', ['-m', 'venv', folder]);
  await pip(...pinned('kfp'));
  await pip(...pinned('kfpSource'), '--no-binary', ':all:', '--no-build-isolation');
  fs.writeFileSync(ready, '');
  return bin;
}
