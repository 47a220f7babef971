import { setTimeout as wait } from 'node:timers/promises';
import { runCommand } from './runCommand.mjs';

const GRACE_MS = 5000;

/** The processes whose command names one of these folders and that do not end within some seconds. */
export async function leftoverProcesses(folders) {
  if (process.platform === 'win32') return [];
  for (const deadline = Date.now() + GRACE_MS; ; await wait(200)) {
    const { output } = await runCommand('ps', ['-axww', '-o', 'pid=,args=']);
    const left = output.split('\n').filter((line) => folders.some((folder) => line.includes(folder)));
    if (left.length === 0 || Date.now() > deadline) return left;
  }
}
