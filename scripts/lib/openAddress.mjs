import { spawn } from 'node:child_process';

/** Opens an address in the person's browser where there is a screen to do it on. `MLOPS_START_BROWSER=none` does not. */
export function openAddress(address, env = process.env) {
  const opener = env.MLOPS_START_BROWSER === 'none' ? undefined : openerOf(env);
  if (!opener) return;
  const child = spawn(opener[0], [...opener.slice(1), address], { stdio: 'ignore', detached: true });
  child.on('error', () => {}); // the address is printed: it can be opened by hand
  child.unref();
}

function openerOf(env) {
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['explorer.exe'];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open'] : undefined;
}
