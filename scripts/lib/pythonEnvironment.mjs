import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureCached } from './cache.mjs';
import { pinned, pinnedFile } from './pinnedPackages.mjs';
import { mustRun } from './runCommand.mjs';

const windows = process.platform === 'win32';
/** What an environment cannot be shared across: the Python that it links to, and its version. */
const IDENTITY = 'import sys; print(sys.version, sys.platform, sys.base_prefix, sys.executable)';

/**
 * Makes a Python environment in the cache, once for each Python and state of the lists that it is filled from.
 * @param {string} name
 * @param {readonly { readonly list: import('./pinnedPackages.mjs').PinnedList, readonly more?: readonly string[] }[]} steps
 *   one installation each, and further arguments of pip for it
 * @param {string} [python] the command that makes it
 * @returns {Promise<string>} its folder of programs
 * @throws when it cannot be made: offline, no Python, no venv
 */
export async function ensurePythonEnvironment(name, steps, python = windows ? 'python' : 'python3') {
  const key = createHash('sha256').update(await mustRun(python, ['-I', '-c', IDENTITY]));
  for (const { list, more = [] } of steps) key.update(readFileSync(pinnedFile(list))).update(more.join(' '));
  const folderName = `${name}-${key.digest('hex').slice(0, 12)}`;
  const folder = await ensureCached(folderName, async (made) => {
    process.stderr.write(`Installing ${name} …\n`);
    await mustRun(python, ['-m', 'venv', made]);
    const pip = ['-m', 'pip', 'install', '--disable-pip-version-check'];
    for (const { list, more = [] } of steps)
      await mustRun(path.join(programsOf(made), 'python'), [...pip, ...pinned(list), ...more]);
  });
  return programsOf(folder);
}

/** @param {string} folder */
function programsOf(folder) {
  return path.join(folder, windows ? 'Scripts' : 'bin');
}
