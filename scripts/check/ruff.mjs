import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pinned } from '../lib/pinnedPackages.mjs';
import { cacheFolder } from '../node24.mjs';
import { run } from './run.mjs';

const RUFF_VERSION = '0.17.6'; // and in scripts/python/ruff.txt

/**
 * The path of ruff, installed from pip into the cache at first use.
 * @returns {Promise<{ ok: boolean, path: string, output: string }>} not ok when there is no Python or pip fails
 */
export async function ruffPath() {
  const folder = join(cacheFolder, `ruff-${RUFF_VERSION}`);
  const path = process.platform === 'win32' ? join(folder, 'bin', 'ruff.exe') : join(folder, 'bin', 'ruff');
  if (existsSync(path)) return { ok: true, path, output: '' };
  mkdirSync(cacheFolder, { recursive: true });
  const unfinished = `${folder}.part-${process.pid}`;
  const installed = await install(unfinished);
  try {
    if (!installed.ok) return { ...installed, path };
    if (!existsSync(folder)) renameSync(unfinished, folder);
    return { ok: existsSync(path), path, output: `There is no ruff at ${path}.\n` };
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

async function install(folder) {
  const python = process.platform === 'win32' ? 'python' : 'python3';
  const what = ['--target', folder, ...pinned('ruff')];
  const byPip = await run(python, ['-m', 'pip', 'install', ...what]);
  if (byPip.ok) return byPip;
  const byUv = await run('uv', ['pip', 'install', ...what]);
  if (byUv.ok) return byUv;
  const advice = 'Python is checked by ruff, which comes with pip or uv: install one of them.\n';
  return { ok: false, output: `${byPip.output}${advice}` };
}
