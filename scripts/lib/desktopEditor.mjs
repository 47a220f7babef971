import fs from 'node:fs';
import path from 'node:path';
import { root } from '../node24.mjs';
import { runCommand } from './runCommand.mjs';

const ANSWER_MS = 10_000;

/** The version of the desktop editor on the PATH, or nothing when there is none that answers. */
export async function desktopVersion() {
  const { code, output } = await runCommand('code', ['--version'], { timeoutMs: ANSWER_MS });
  const version = /^\d+\.\d+\.\d+/m.exec(output)?.[0];
  return code === 0 ? version : undefined;
}

/** Opens `folder` in the desktop editor with a profile of its own, this extension and more environment; true when that worked. */
export async function openDesktop(folder, profile, env) {
  fs.mkdirSync(profile, { recursive: true });
  const args = ['--new-window', '--user-data-dir', profile, `--extensionDevelopmentPath=${root}`, folder];
  const { code, output } = await runCommand('code', args, {
    timeoutMs: 60_000,
    cwd: path.dirname(profile),
    env: { ...process.env, ...env },
  });
  if (code !== 0)
    console.error(`The desktop editor did not open (${code}): ${output.trim().split('\n').at(-1)}`);
  return code === 0;
}
