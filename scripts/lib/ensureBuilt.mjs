import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { root, workFolder } from '../node24.mjs';
import { takeLock } from './lock.mjs';
import { mustRun } from './runCommand.mjs';

const SOURCES = ['src', 'esbuild.config.mjs', 'package-lock.json', 'tsconfig.base.json'];
const MARKER = path.join(root, 'dist', '.built');

/** Builds the extension unless `dist` is of the sources as they are. Two at once: one builds, the other waits. */
export async function ensureBuilt() {
  const wanted = fingerprint();
  if (built() === wanted) return;
  const release = await takeLock(path.join(workFolder, 'build.lock'));
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
