import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../node24.mjs';
import { pinned } from './pinnedPackages.mjs';
import { runCommand } from './runCommand.mjs';

/**
 * Makes the environment with what the runner's tests need beside Python in the cache, once: uv, and the parts of the
 * SDK that compiling takes.
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
  const steps = [
    [python, ['-m', 'venv', folder]],
    [path.join(bin, 'python'), ['-m', 'pip', 'install', '--disable-pip-version-check', ...pinned('tools')]],
  ];
  for (const [command, args] of steps) {
    const { code } = await runCommand(command, args, { cwd: cacheFolder, env: process.env });
    if (code !== 0) return undefined;
  }
  writeFileSync(marker, '');
  return bin;
}
