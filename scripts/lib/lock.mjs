// One process at a time. Node's builtins only; must run on Node 20.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Whether a process of another host or container goes on cannot be asked: its lock counts for so long. */
const FOREIGN_LOCK_MS = 60 * 60_000;
/** Who waits longer is told for whom. */
const SHORT_WAIT_MS = 3_000;
/** Between creating a lock and writing its owner into it there is no more than this. */
const UNSIGNED_LOCK_MS = 5_000;

/**
 * Waits until this process has the lock; one whose owner is gone is taken over.
 * @param {string} lock a file that is there while somebody has the lock
 * @returns {Promise<() => void>} gives the lock back
 */
export async function takeLock(lock) {
  mkdirSync(dirname(lock), { recursive: true });
  let tellAt = Date.now() + SHORT_WAIT_MS;
  for (;;) {
    if (create(lock)) return () => rmSync(lock, { force: true });
    if (isAbandoned(lock)) takeAway(lock);
    else {
      if (Date.now() > tellAt) {
        process.stderr.write(`Waiting for ${ownerOf(lock)}, which has ${lock} …\n`);
        tellAt = Infinity;
      }
      await delay(100);
    }
  }
}

/** @param {string} lock */
function create(lock) {
  try {
    writeFileSync(lock, `${process.pid} ${hostname()}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Renames before it removes: of two that find the same abandoned lock, neither may remove the other's new one.
 * @param {string} lock
 */
function takeAway(lock) {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    return; // another was first
  }
  if (isAbandoned(aside)) rmSync(aside, { force: true });
  else renameSync(aside, lock);
}

/** @param {string} lock */
function isAbandoned(lock) {
  try {
    const age = Date.now() - statSync(lock).mtimeMs;
    const [pid, ...host] = readFileSync(lock, 'utf8').split(' ');
    if (!pid) return age > UNSIGNED_LOCK_MS;
    if (host.join(' ') !== hostname()) return age > FOREIGN_LOCK_MS;
    return !isRunning(Number(pid));
  } catch {
    return false; // released in the meantime
  }
}

/** @param {string} lock */
function ownerOf(lock) {
  try {
    return `process ${readFileSync(lock, 'utf8').replace(' ', ' on ')}`;
  } catch {
    return 'a process that has just ended';
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
  return !isZombie(pid);
}

/**
 * Ended, but nobody has asked for its exit code: in containers without an init process that lasts.
 * @param {number} pid
 */
function isZombie(pid) {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false; // not Linux, or gone in the meantime
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
