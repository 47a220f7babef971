import { spawn } from 'node:child_process';

const KEPT_OUTPUT = 2_000_000;

/**
 * @typedef {object} CommandOptions
 * @property {string | undefined} [cwd] the working folder
 * @property {Readonly<Record<string, string | undefined>>} [env] in place of this process's environment
 * @property {number | undefined} [timeoutMs] ends it, with its children, and gives code 124
 * @property {(piece: string) => void} [onOutput] sees the pieces as they come
 */

/**
 * Runs a command to its end, with stdout and stderr together as they came.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} code 127 when it cannot be started
 */
export function runCommand(command, args, { cwd, env, timeoutMs, onOutput } = {}) {
  return new Promise((resolve) => {
    const windows = process.platform === 'win32';
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !windows,
      shell: windows && /^(npm|npx|code)$/.test(command), // these are .cmd files there
    });
    let output = '';
    let timedOut = false;
    /** @param {Buffer} piece */
    const take = (piece) => {
      output = (output + String(piece)).slice(-KEPT_OUTPUT);
      onOutput?.(String(piece));
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const end = () => endProcessGroup(child.pid, 'SIGKILL');
    const onInterrupt = () => endProcessGroup(child.pid, 'SIGTERM');
    process.once('exit', end);
    process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt);
    const timer = timeoutMs && setTimeout(() => ((timedOut = true), end()), timeoutMs);
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(timer);
      process.off('exit', end);
      process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
      resolve({ code: timedOut ? 124 : code, output });
    };
    child.on('error', (error) => finish(((output += error.message), 127)));
    child.on('close', (code) => finish(code ?? 130));
  });
}

/**
 * As `runCommand`, but a code other than 0 is an error that shows the end of the output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<string>} the output
 */
export async function mustRun(command, args, options = {}) {
  const { code, output } = await runCommand(command, args, options);
  if (code === 0) return output;
  const tail = output.trimEnd().split('\n').slice(-30).join('\n');
  throw new Error(`${[command, ...args].join(' ')} ended with ${code}:\n${tail}`);
}

/**
 * Sends a signal to a process started detached and to everything in its group; a group that is gone is fine.
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
export function endProcessGroup(pid, signal) {
  if (!pid) return;
  try {
    if (process.platform === 'win32')
      spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    else process.kill(-pid, signal);
  } catch {
    // already gone
  }
}
