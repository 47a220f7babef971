// Finds Node 24 and the project's packages, or fetches them, so that every script works from a fresh clone. Node's
// builtins only; must parse and run on Node 20.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { system } from './lib/cache.mjs';
import { takeLock } from './lib/lock.mjs';
import { ensurePackage, LOCKED_INSTALL, npm } from './lib/npm.mjs';

/** The repository's root folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** What this clone makes for itself: the profile of `npm start`, builds to measure or to pack, locks. */
export const workFolder = join(root, '.cache');

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
 * @param {string} [wanted] the system, for example `linux-x64`; this one's when left out
 * @returns {Promise<string>}
 * @throws when there is no package of it for this system, or it cannot be fetched
 */
export async function fetchNode24(wanted = system) {
  const integrity = NODE_PACKAGES[wanted];
  if (!integrity)
    throw new Error(`Node 24 is needed, and none can be fetched for ${wanted}: install it, then try again.`);
  const name = `node-${wanted}`;
  const folder = await ensurePackage(`node-${NODE_VERSION}-${wanted}`, {
    name,
    version: NODE_VERSION,
    integrity,
  });
  const node = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(node))
    throw new Error(`The package of Node 24 has no ${node}: delete ${folder} and try again.`);
  return node;
}

/**
 * Installs the project's packages (`npm ci`, no scripts) when they are not those of package-lock.json.
 * Two at once are safe: the second waits for the first.
 * @throws when npm fails; its output has then been printed
 */
export async function ensureDependencies() {
  const wanted = dependencyHash();
  if (installedHash() === wanted) return;
  const unlock = await takeLock(join(workFolder, 'install.lock'));
  try {
    if (installedHash() === wanted) return;
    process.stderr.write('Installing packages …\n');
    npm(LOCKED_INSTALL, root);
    writeFileSync(markerFile(), wanted);
  } finally {
    unlock();
  }
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

function majorOf(version) {
  return Number(version.split('.')[0]);
}
