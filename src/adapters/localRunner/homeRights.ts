import { chmod, lstat, mkdir, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../core/ports/mlopsError.ts';
import type { Log } from '../../core/ports/log.ts';
import { ownNames, type Home } from './home.ts';

const others = 0o077;
const privateMode = 0o700;

/**
 * Creates the home if needed and removes the rights of others from it and from its own folders. A folder that also holds
 * other things keeps its rights. Returns true when rights were removed. Never throws: what cannot be changed is
 * logged. On Windows a profile is private already.
 */
export async function keepPrivate(
  home: Home,
  log: Log,
  system = { platform: process.platform, chmod },
): Promise<boolean> {
  if (system.platform === 'win32') return false;
  try {
    await mkdir(home.root, { recursive: true, mode: privateMode });
    const root = await realpath(home.root);
    if (!(await isOpen(root))) return false;
    const names = await readdir(root);
    const folders = names.filter((name) => ownNames.includes(name)).map((name) => path.join(root, name));
    if (folders.length === names.length) folders.push(root);
    const narrowed = await Promise.all(folders.map((folder) => narrow(folder, log, system.chmod)));
    return narrowed.includes(true);
  } catch (error) {
    log.warn(`${home.root} may be read by others on this machine: ${String(error)}`);
    return false;
  }
}

/** Whether others have rights in a folder. False for a link, whose target may be meant for others. */
async function isOpen(folder: string): Promise<boolean> {
  const stats = await lstat(folder);
  return stats.isDirectory() && (stats.mode & others) !== 0;
}

async function narrow(folder: string, log: Log, change: typeof chmod): Promise<boolean> {
  if (!(await isOpen(folder))) return false;
  try {
    await change(folder, privateMode);
    log.info(`${folder} was open to others on this machine; it is private to this user.`);
    return true;
  } catch (error) {
    log.warn(`${folder} stays open to others on this machine (${errorCode(error) ?? 'unknown reason'}).`);
    return false;
  }
}
