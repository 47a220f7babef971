import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LocalSettings } from '../core/ports/localSettings.ts';
import { expandHome, programOf, settingValue, type SettingsWorkspace } from './settingValue.ts';

/** The current settings of the local runner. */
export function localSettings(workspace: SettingsWorkspace = vscode.workspace): LocalSettings {
  const parallel = number('local.parallelTasks', 0, workspace);
  const memory = number('local.memoryLimit', 0, workspace);
  const environment = settingValue('local.environment', workspace);
  return {
    environment: (environment && programOf(environment)) ?? 'managed',
    parallelism: parallel > 0 ? parallel : Math.min(8, Math.max(2, os.availableParallelism())),
    memoryLimitMegabytes: memory > 0 ? memory : null,
    logLimitMegabytes: number('local.logLimit', 20, workspace),
    passEnvironment: names('local.passEnvironment', workspace),
    allowInsecureIndexes: settingValue('local.allowInsecureIndexes', workspace)?.value === true,
  };
}

/**
 * Absolute folder of everything that runs on this machine: the setting, MLOPS_HOME, or the system's data folder. A
 * relative one starts at the person's home folder, not where the editor was started.
 */
export function homeFolder(workspace: SettingsWorkspace = vscode.workspace): string {
  const set = settingValue('local.home', workspace)?.value;
  const chosen = (typeof set === 'string' && set.trim()) || process.env['MLOPS_HOME']?.trim();
  return chosen ? path.resolve(os.homedir(), expandHome(chosen)) : path.join(dataFolder(), 'mlops-chat');
}

/** Whether others on this machine may read that folder. */
export function sharedHome(workspace: SettingsWorkspace = vscode.workspace): boolean {
  return settingValue('local.sharedHome', workspace)?.value === true;
}

/** The interpreter that a setting names, absolute or a bare name, or undefined. */
export function chosenPython(workspace: SettingsWorkspace = vscode.workspace): string | undefined {
  const set = settingValue('local.python', workspace);
  return set && programOf(set);
}

/** Most rounds between the model and its tools within one answer. */
export function chatRounds(): number {
  return number('chat.rounds', 12, vscode.workspace);
}

function number(key: string, fallback: number, workspace: SettingsWorkspace): number {
  const value = settingValue(key, workspace)?.value;
  return typeof value === 'number' ? value : fallback;
}

function names(key: string, workspace: SettingsWorkspace): readonly string[] {
  const value = settingValue(key, workspace)?.value;
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

function dataFolder(): string {
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Application Support');
  if (process.platform === 'win32')
    return process.env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData', 'Local');
  return process.env['XDG_DATA_HOME'] ?? path.join(os.homedir(), '.local', 'share');
}
