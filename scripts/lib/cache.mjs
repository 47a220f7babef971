// What is fetched or built once for a person and serves all their clones. Node's builtins only; must run on Node 20.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from './lock.mjs';

/**
 * The person's folder for it: `MLOPS_CACHE`, else in the system's folder for caches.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} platform
 * @param {string} home the person's folder
 */
export function cachePlace(env, platform, home) {
  if (env.MLOPS_CACHE) return env.MLOPS_CACHE;
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'mlops-chat');
  if (platform === 'win32')
    return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'mlops-chat', 'cache');
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'mlops-chat');
}

/** Safe to remove while nothing uses it: what is needed is fetched again. */
export const cacheFolder = cachePlace(process.env, process.platform, homedir());

/** The Python environments of runs that tests start: one for each set of packages, and never changed. */
export const testEnvironments = join(cacheFolder, 'environments');

/** This system as npm names it in packages of programs, for example `linux-x64`. */
export const system = `${process.platform.replace('win32', 'win')}-${process.arch}`;

const DONE = '.done';

/**
 * Gives a folder of the cache, and makes it first unless it is there. Two at once: one makes it, the other waits. What
 * an interrupted one left is made anew.
 * @param {string} name has the version in it, and the system where that matters: what is there is taken as it is
 * @param {(folder: string) => void | Promise<void>} make fills the empty folder
 * @param {string} [within] another cache
 * @returns {Promise<string>} the folder
 * @throws what `make` throws; the folder is gone then
 */
export async function ensureCached(name, make, within = cacheFolder) {
  const folder = join(within, name);
  const done = join(folder, DONE);
  if (existsSync(done)) return folder;
  const release = await takeLock(`${folder}.lock`);
  try {
    if (existsSync(done)) return folder;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await make(folder);
    writeFileSync(done, '');
    return folder;
  } finally {
    if (!existsSync(done)) rmSync(folder, { recursive: true, force: true });
    release();
  }
}
