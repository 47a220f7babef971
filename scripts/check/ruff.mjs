import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCached, system } from '../lib/cache.mjs';
import { pinned } from '../lib/pinnedPackages.mjs';
import { messageOf } from '../lib/messageOf.mjs';
import { run } from './run.mjs';

const RUFF_VERSION = '0.17.6'; // and in scripts/python/ruff.txt

/**
 * The path of ruff, installed from pip into the cache at first use.
 * @returns {Promise<{ ok: boolean, path: string, output: string }>} not ok when there is no Python or pip fails
 */
export async function ruffPath() {
  try {
    const folder = await ensureCached(`ruff-${RUFF_VERSION}-${system}`, install);
    const path = join(folder, 'bin', process.platform === 'win32' ? 'ruff.exe' : 'ruff');
    return { ok: existsSync(path), path, output: `There is no ruff at ${path}.\n` };
  } catch (error) {
    return { ok: false, path: '', output: messageOf(error) };
  }
}

/** @param {string} folder */
async function install(folder) {
  const python = process.platform === 'win32' ? 'python' : 'python3';
  const what = ['--target', folder, ...pinned('ruff')];
  const byPip = await run(python, ['-m', 'pip', 'install', ...what]);
  if (byPip.ok) return;
  const byUv = await run('uv', ['pip', 'install', ...what]);
  if (byUv.ok) return;
  const advice = 'Python is checked by ruff, which comes with pip or uv: install one of them.\n';
  throw new Error(`${byPip.output}${advice}`);
}
