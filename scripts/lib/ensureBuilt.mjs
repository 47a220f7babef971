import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cacheFolder, root } from '../node24.mjs';
import { mustRun } from './runCommand.mjs';

const SOURCES = ['src', 'esbuild.config.mjs', 'package-lock.json', 'tsconfig.json'];
const MARKER = path.join(root, 'dist', '.built');
const BUILD_MS = 120_000;

/** Builds the extension unless `dist` is of the sources as they are. Two at once: one builds, the other waits. */
export async function ensureBuilt() {
  const wanted = fingerprint();
  if (built() === wanted) return;
  const release = await takeLock(path.join(cacheFolder, 'build.lock'));
  try {
    if (built() === wanted) return;
    await mustRun(process.execPath, ['esbuild.config.mjs'], { cwd: root });
    fs.writeFileSync(MARKER, wanted);
  } finally {
    release();
  }
}

function built() {
  return fs.existsSync(MARKER) ? fs.readFileSync(MARKER, 'utf8') : undefined;
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesIn(path.join(root, source)))
      hash.update(file).update('\0').update(fs.readFileSync(file));
  }
  return hash.digest('hex');
}

function filesIn(place) {
  if (!fs.statSync(place).isDirectory()) return [place];
  const entries = fs.readdirSync(place, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.includes('.test.'));
  return files.map((entry) => path.join(entry.parentPath, entry.name)).sort();
}

/** The file holds its owner's pid; that of a process that is gone is taken over. */
async function takeLock(lock) {
  fs.mkdirSync(path.dirname(lock), { recursive: true });
  for (const deadline = Date.now() + BUILD_MS; ; await wait(100)) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(lock, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned(lock)) fs.rmSync(lock, { force: true });
    else if (Date.now() > deadline)
      throw new Error(`Another build does not end; remove ${lock} when there is none.`);
  }
}

function isAbandoned(lock) {
  try {
    const owner = fs.readFileSync(lock, 'utf8');
    if (owner === '') return false;
    process.kill(Number(owner), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
