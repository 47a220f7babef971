import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../node24.mjs';
import { runCommand } from './runCommand.mjs';

/** What the runner's tests need beside Python: uv, and the parts of the SDK that compiling takes. */
const PACKAGES = [
  'uv==0.13.9',
  'kfp-pipeline-spec==2.17.*',
  'protobuf>=6.31.1,<7',
  'PyYAML>=5.3,<7',
  'docstring-parser>=0.7.3,<1',
  'typing-extensions>=4,<5',
  'googleapis-common-protos>=1.61,<2',
];
const WITHOUT_DEPENDENCIES = ['kfp==2.17.0'];

/**
 * Makes the environment with those tools in the cache, once.
 * @param {string} python the command that makes it
 * @returns {Promise<string | undefined>} its `bin` folder; undefined when it cannot be made (offline, no venv)
 */
export async function pythonTools(python) {
  const folder = path.join(cacheFolder, 'python-tools');
  const bin = path.join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  const marker = path.join(folder, 'ready');
  if (existsSync(marker)) return bin;
  mkdirSync(cacheFolder, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  const steps = [
    [python, ['-m', 'venv', folder]],
    [path.join(bin, 'python'), [...pip, ...PACKAGES]],
    [path.join(bin, 'python'), [...pip, '--no-deps', ...WITHOUT_DEPENDENCIES]],
  ];
  for (const [command, args] of steps) {
    const { code } = await runCommand(command, args, { cwd: cacheFolder, env: process.env });
    if (code !== 0) return undefined;
  }
  writeFileSync(marker, '');
  return bin;
}
