import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../node24.mjs';
import { runCommand } from './runCommand.mjs';

/**
 * @typedef {object} HostTests
 * @property {string} [version] of code-server, see `EDITORS`
 * @property {string} [files] a glob from the repository's folder
 * @property {boolean} [trust] true opens the folder restricted
 * @property {NodeJS.ProcessEnv} [env] in place of this process's environment
 * @property {(folder: string) => NodeJS.ProcessEnv} [prepare] puts more into the folder and gives variables of the
 *   editor's environment
 */

/**
 * Runs mocha tests in the real extension host of one editor version, in a copy of the samples.
 * @param {HostTests} tests
 */
export async function runHostTests({ version, files, trust, env, prepare }) {
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-host-'));
  fs.cpSync(path.join(root, 'resources', 'samples'), workspace, { recursive: true });
  try {
    const more = prepare?.(workspace);
    const cli = path.join(root, 'node_modules', '@vscode', 'test-cli', 'out', 'bin.mjs');
    const { code, output } = await runCommand(process.execPath, [cli], {
      cwd: root,
      env: {
        ...(env ?? process.env),
        ...more,
        VSCODE_EXECUTABLE: path.join(root, 'test', 'editor', 'hostRunner.mjs'),
        MLOPS_HOST_WORKSPACE: workspace,
        ...(version ? { MLOPS_HOST_VERSION: version } : {}),
        ...(files ? { MLOPS_HOST_FILES: files } : {}),
        ...(trust ? { MLOPS_HOST_TRUST: '1' } : {}),
      },
    });
    return { code, output, ...countMocha(output) };
  } finally {
    fs.rmSync(workspace, { recursive: true, force: true });
  }
}

/** @param {string} output */
function countMocha(output) {
  /** @param {string} word */
  const count = (word) => Number(new RegExp(`^\\s*(\\d+) ${word}`, 'm').exec(output)?.[1] ?? 0);
  return { passed: count('passing'), failed: count('failing'), skipped: count('pending') };
}
