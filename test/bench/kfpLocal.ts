import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ensurePythonEnvironment } from '../../scripts/lib/pythonEnvironment.mjs';

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

/** An environment with the whole Kubeflow Pipelines SDK (115 MB), made once. Gives its folder of programs. */
function ensureKfp(): Promise<string> {
  const source = { list: 'kfpSource', more: ['--no-binary', ':all:', '--no-build-isolation'] } as const;
  return ensurePythonEnvironment(`kfp-${kfp}`, [{ list: 'kfp' }, source]);
}
