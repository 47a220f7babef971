import { spawn } from 'node:child_process';
import fs from 'node:fs';

/**
 * Opens an address in the person's browser where there is a screen to do it on. The address is a secret and every user
 * of the machine sees what a program is started with: the browser is given `page`, a file of this user alone that leads
 * there. `MLOPS_START_BROWSER=none` opens nothing.
 * @param {string} address
 * @param {string} page
 * @param {Readonly<Record<string, string | undefined>>} [env]
 */
export function openAddress(address, page, env = process.env) {
  const opener = env.MLOPS_START_BROWSER === 'none' ? undefined : openerOf(env);
  if (opener === undefined) return;
  fs.rmSync(page, { force: true });
  fs.writeFileSync(page, pageTo(address), { mode: 0o600, flag: 'wx' });
  const child = spawn(opener, [page], { stdio: 'ignore', detached: true });
  child.on('error', () => {}); // the address is printed: it can be opened by hand
  child.unref();
}

function pageTo(address) {
  const target = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${target}">\n`;
}

/** @param {Readonly<Record<string, string | undefined>>} env */
function openerOf(env) {
  if (process.platform === 'darwin') return 'open';
  if (process.platform === 'win32') return 'explorer.exe';
  return env.DISPLAY || env.WAYLAND_DISPLAY ? 'xdg-open' : undefined;
}
