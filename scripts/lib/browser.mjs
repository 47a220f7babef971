import fs from 'node:fs';
import path from 'node:path';
import { mustRun } from './runCommand.mjs';

/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

/** Chromium without a window: a page costs it about two thirds of the processor time that it costs the whole browser. */
const headlessShell = 'chromium-headless-shell';

/**
 * The first browser that is there, or nothing. `CHROME_PATH` goes before all, then Chromium's headless shell, which has
 * no window, then Chromium, Chrome and Edge.
 * @param {Environment} [env]
 * @param {{ readonly window?: boolean }} [wanted]
 */
export function findBrowser(env = process.env, { window = false } = {}) {
  if (env.CHROME_PATH) {
    if (!fs.existsSync(env.CHROME_PATH))
      throw new Error(`CHROME_PATH names ${env.CHROME_PATH}, which is not there.`);
    return env.CHROME_PATH;
  }
  const shells = window ? [] : onPath(env, [headlessShell]);
  return [...shells, ...usualPlaces(env)].find((file) => fs.existsSync(file));
}

/**
 * A browser for the UI tests. As root on Debian, the headless shell (or Chromium, where a window is wanted) is installed
 * where it is missing; elsewhere a browser must be there.
 * @param {{ readonly window?: boolean }} [wanted]
 */
export async function ensureBrowser({ window = false } = {}) {
  const found = findBrowser(process.env, { window });
  if (process.env.CHROME_PATH || !isRootOnDebian()) {
    if (found) return found;
    throw new Error('No Chromium, Chrome or Edge found: install one, or name it in CHROME_PATH.');
  }
  if (found && (window || path.basename(found) === headlessShell)) return found;
  const installed = await install(window ? 'chromium' : headlessShell).then(
    () => findBrowser(process.env, { window }),
    (error) => {
      if (found === undefined) throw error;
      return found;
    },
  );
  if (!installed) throw new Error('Chromium was installed and is not found; name it in CHROME_PATH.');
  return installed;
}

/** @param {string} name of a Debian package */
async function install(name) {
  console.error(`Installing ${name} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await mustRun('apt-get', ['update'], { env });
  await mustRun('apt-get', ['install', '-y', '--no-install-recommends', name], { env });
}

/** @param {Environment} env */
function usualPlaces(env) {
  if (process.platform === 'darwin') {
    const applications = ['/Applications', path.join(env.HOME ?? '', 'Applications')];
    const names = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return applications.flatMap((folder) =>
      names.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
    );
  }
  if (process.platform === 'win32') {
    const places = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
    const roots = places.filter((place) => place !== undefined);
    const files = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return roots.flatMap((folder) => files.map((file) => path.join(folder, file)));
  }
  return onPath(env, [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
  ]);
}

/**
 * Where programs of these names would be, by the order of the names.
 * @param {Environment} env
 * @param {readonly string[]} names
 */
function onPath(env, names) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

function isRootOnDebian() {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    fs.existsSync('/etc/debian_version') &&
    fs.existsSync('/usr/bin/apt-get')
  );
}
