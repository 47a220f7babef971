import fs from 'node:fs';
import path from 'node:path';
import { mustRun } from './runCommand.mjs';

/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

/**
 * The first of Chromium, Chrome and Edge that is there, or nothing. `CHROME_PATH` goes before all.
 * @param {Environment} [env]
 */
export function findBrowser(env = process.env) {
  if (env.CHROME_PATH) {
    if (!fs.existsSync(env.CHROME_PATH))
      throw new Error(`CHROME_PATH names ${env.CHROME_PATH}, which is not there.`);
    return env.CHROME_PATH;
  }
  return usualPlaces(env).find((file) => fs.existsSync(file));
}

/** A browser for the UI tests: the one that is there; only as root on Debian it installs Debian's Chromium. */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  if (!isRootOnDebian()) {
    throw new Error('No Chromium, Chrome or Edge found: install one, or name it in CHROME_PATH.');
  }
  console.error('Installing Chromium …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await mustRun('apt-get', ['update'], { env });
  await mustRun('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  const installed = findBrowser();
  if (!installed) throw new Error('Chromium was installed and is not found; name it in CHROME_PATH.');
  return installed;
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
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
  ];
  const folders = (env.PATH ?? '').split(':').filter(Boolean);
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
