// Finds Node 24 and the project's packages, or fetches them into .cache, so that every script works from a
// fresh clone. Node's builtins only; must parse and run on Node 20.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The project's cache: everything that is fetched goes here. Safe to delete. */
export const cacheFolder = join(root, '.cache');

const NODE_VERSION = '24.21.0';
/** Its packages by system, and the hash of each; there is none for macOS. */
const NODE_PACKAGES = {
  'linux-x64':
    'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'linux-arm64':
    'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  'win-x64':
    'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
};
/** What a lock names and nothing else, also where a person's settings leave locks out. */
export const LOCKED_INSTALL = ['ci', '--package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
const INSTALL_LOCK_MAX_AGE_MS = 10 * 60_000;

/**
 * Goes on under Node 24 or newer. Under an older Node it runs the same script with the same arguments under a Node 24
 * from the cache (fetching it first if need be), passes its signals on, and ends with its exit code: then it never returns.
 * @param {string} scriptUrl the calling script's `import.meta.url`
 * @throws when Node 24 cannot be fetched for this platform
 */
export async function ensureNode24(scriptUrl) {
  if (majorOf(process.versions.node) >= 24) return;
  if (process.env.MLOPS_NODE24_STARTED) {
    throw new Error(`Expected Node 24 after the restart, got ${process.version} (${process.execPath}).`);
  }
  const node = await node24Path();
  await runInstead(node, [...process.execArgv, fileURLToPath(scriptUrl), ...process.argv.slice(2)]);
}

/**
 * The path of a Node 24 or newer: this process's own, or the cache's (fetched once, about 60 MB).
 * @returns {Promise<string>}
 */
export async function node24Path() {
  return majorOf(process.versions.node) >= 24 ? process.execPath : fetchNode24();
}

/**
 * The path of the cache's Node 24, fetched at first use.
 * @param {string} [system] this one's, for example `linux-x64`
 * @returns {Promise<string>}
 * @throws when there is no package of it for this system, or it cannot be fetched
 */
export async function fetchNode24(system = `${process.platform.replace('win32', 'win')}-${process.arch}`) {
  const integrity = NODE_PACKAGES[system];
  if (!integrity)
    throw new Error(`Node 24 is needed, and none can be fetched for ${system}: install it, then try again.`);
  const name = `node-${system}`;
  const folder = await ensureCached(`node-${NODE_VERSION}`, { name, version: NODE_VERSION, integrity });
  const node = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(node))
    throw new Error(`The package of Node 24 has no ${node}: delete ${folder} and try again.`);
  return node;
}

/**
 * Installs one npm package into `.cache/<folderName>` unless it is there. Done beside it and renamed at the end, so an
 * interrupted install is never taken for a complete one, and two at once do no harm.
 * @param {string} folderName put the version in it, since a folder that exists is taken as it is
 * @param {Package} wanted
 * @param {(folder: string) => void | Promise<void>} [finish] further steps on the unfinished folder
 * @returns {Promise<string>} the folder
 * @throws when npm fails; its output has then been printed
 */
export async function ensureCached(folderName, wanted, finish) {
  const folder = join(cacheFolder, folderName);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheFolder, { recursive: true });
  removeAbandoned(folderName);
  const unfinished = `${folder}.part-${process.pid}`;
  mkdirSync(unfinished);
  say(`Fetching ${wanted.name} ${wanted.version} …`);
  try {
    installPackage(unfinished, wanted);
    await finish?.(unfinished);
    moveIntoPlace(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/**
 * Installs one npm package by a lock that holds its hash: npm refuses other bytes, whatever the registry says of them.
 * What it depends on is not installed, and none of its scripts run.
 * @typedef {{ readonly name: string, readonly version: string, readonly integrity: string }} Package
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
 * Installs the project's packages (`npm ci`, no scripts) when they are not those of package-lock.json.
 * Two at once are safe: the second waits for the first.
 * @throws when npm fails; its output has then been printed
 */
export async function ensureDependencies() {
  const wanted = dependencyHash();
  if (installedHash() === wanted) return;
  const unlock = await lockInstall();
  try {
    if (installedHash() === wanted) return;
    say('Installing packages …');
    npm(LOCKED_INSTALL, root);
    writeFileSync(markerFile(), wanted);
  } finally {
    unlock();
  }
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

function runInstead(node, args) {
  const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
  const env = { ...process.env, PATH: path, MLOPS_NODE24_STARTED: '1' };
  const child = spawn(node, args, { stdio: 'inherit', env });
  // A terminal sends Ctrl+C to both processes: passing it on would make it two.
  const passOn = (signal) => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, passOn);
  return new Promise((_, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of signals) process.removeListener(name, passOn);
      if (signal) process.kill(process.pid, signal);
      else process.exit(code ?? 1);
    });
  });
}

function moveIntoPlace(unfinished, folder) {
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // else another process was first: its folder is as good
  }
}

/** Removes what interrupted installs of this name left behind. */
function removeAbandoned(name) {
  for (const entry of readdirSync(cacheFolder)) {
    if (!entry.startsWith(`${name}.part-`)) continue;
    if (isRunning(Number(entry.slice(name.length + 6)))) continue;
    rmSync(join(cacheFolder, entry), { recursive: true, force: true });
  }
}

function markerFile() {
  return join(root, 'node_modules', '.mlops-installed');
}

function installedHash() {
  return existsSync(markerFile()) ? readFileSync(markerFile(), 'utf8') : undefined;
}

function dependencyHash() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(`${process.platform}-${process.arch}\n`).update(lock).digest('hex');
}

/** Waits for the one install that may run at a time; a lock whose owner is gone is taken over. */
async function lockInstall() {
  mkdirSync(cacheFolder, { recursive: true });
  const lock = join(cacheFolder, 'install.lock');
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned(lock)) takeAway(lock);
    else await delay(200);
  }
}

/** Renames before it removes: of two that find the same abandoned lock, neither may remove the other's new one. */
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

function isAbandoned(lock) {
  try {
    const age = Date.now() - statSync(lock).mtimeMs;
    const owner = readFileSync(lock, 'utf8');
    if (owner === '') return age > 5_000; // its owner died between creating and writing it
    return age > INSTALL_LOCK_MAX_AGE_MS || !isRunning(Number(owner));
  } catch {
    return false; // released in the meantime
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return !isZombie(pid);
}

/** Ended, but nobody has asked for its exit code: in containers without an init process that lasts. */
function isZombie(pid) {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false; // not Linux, or gone in the meantime
  }
}

function majorOf(version) {
  return Number(version.split('.')[0]);
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
