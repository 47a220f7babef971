// Packages of npm by their hashes. Node's builtins only; must run on Node 20.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ensureCached } from './cache.mjs';

/**
 * What a lock names and nothing else, also where a person's settings leave locks out. What npm has fetched before it
 * does not ask for again: the hashes are the lock's.
 */
export const LOCKED_INSTALL = [
  'ci',
  '--package-lock',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--prefer-offline',
];

/** @typedef {{ readonly name: string, readonly version: string, readonly integrity: string }} Package */

/**
 * Installs one npm package into a folder of the cache unless it is there.
 * @param {string} folderName put the version in it
 * @param {Package} wanted
 * @param {(folder: string) => void | Promise<void>} [finish] further steps on the unfinished folder
 * @returns {Promise<string>} the folder
 * @throws when npm fails; its output has then been printed
 */
export function ensurePackage(folderName, wanted, finish) {
  return ensureCached(folderName, (folder) => {
    process.stderr.write(`Fetching ${wanted.name} ${wanted.version} …\n`);
    installPackage(folder, wanted);
    return finish?.(folder);
  });
}

/**
 * Installs one npm package by a lock that holds its hash: npm refuses other bytes, whatever the registry says of them.
 * What it depends on is not installed, and none of its scripts run.
 * @param {string} folder an empty one
 * @param {Package} wanted
 * @throws when npm fails; its output has then been printed
 */
export function installPackage(folder, { name, version, integrity }) {
  const project = { private: true, dependencies: { [name]: version } };
  const packages = { '': project, [`node_modules/${name}`]: { version, integrity } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }));
  npm(LOCKED_INSTALL, folder);
}

/**
 * Runs npm under this Node, printing its output only when it fails.
 * @param {readonly string[]} args
 * @param {string} folder working folder
 * @throws when npm's exit code is not 0
 */
export function npm(args, folder) {
  const cli = npmCli();
  const found = cli
    ? spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' })
    : spawnSync('npm', args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
  if (found.error) throw new Error(`npm could not be started: ${found.error.message}`);
  if (found.status === 0) return;
  process.stderr.write(`${found.stdout}${found.stderr}`);
  throw new Error(`npm ${args[0]} failed (${found.signal ?? `exit code ${found.status}`}).`);
}

/** npm's own script: beside this Node, or the one that started this script, or the first on the PATH. */
function npmCli() {
  const folders = [dirname(process.execPath), ...(process.env.PATH ?? '').split(delimiter)];
  const candidates = folders.flatMap((folder) => [
    join(folder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]);
  const starter = process.env.npm_execpath;
  if (starter?.endsWith('npm-cli.js')) candidates.unshift(starter);
  return candidates.find((file) => existsSync(file));
}
