import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LocalSettings } from '../core/ports/localSettings.ts';

const read = <T>(key: string, fallback: T): T =>
  vscode.workspace.getConfiguration('mlops').get<T>(key) ?? fallback;

/** The local runner's settings as they stand now. */
export function localSettings(): LocalSettings {
  const parallel = read('local.parallelTasks', 0);
  const memory = read('local.memoryLimit', 0);
  return {
    environment: read('local.environment', 'managed') || 'managed',
    parallelism: parallel > 0 ? parallel : Math.min(8, Math.max(2, os.availableParallelism())),
    memoryLimitMegabytes: memory > 0 ? memory : null,
    logLimitMegabytes: read('local.logLimit', 20),
    passEnvironment: read<string[]>('local.passEnvironment', []),
  };
}

/** Absolute folder of everything that runs on this machine: the setting, MLOPS_HOME, or the system's data folder. */
export function homeFolder(): string {
  const chosen = read('local.home', '').trim() || process.env['MLOPS_HOME']?.trim();
  return chosen ? path.resolve(expandHome(chosen)) : path.join(dataFolder(), 'mlops-chat');
}

/** The interpreter that a setting names, or undefined. */
export function chosenPython(): string | undefined {
  const chosen = read('local.python', '').trim();
  return chosen === '' ? undefined : expandHome(chosen);
}

/** Most rounds between the model and its tools within one answer. */
export function chatRounds(): number {
  return read('chat.rounds', 12);
}

function expandHome(file: string): string {
  return file.startsWith('~/') ? path.join(os.homedir(), file.slice(2)) : file;
}

function dataFolder(): string {
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Application Support');
  if (process.platform === 'win32')
    return process.env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData', 'Local');
  return process.env['XDG_DATA_HOME'] ?? path.join(os.homedir(), '.local', 'share');
}
