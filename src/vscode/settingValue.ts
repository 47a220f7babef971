import * as os from 'node:os';
import * as path from 'node:path';
import type * as vscode from 'vscode';
import { settingsNeedingTrust } from '../core/settingsNeedingTrust.ts';

/** The part of `vscode.workspace` that reads settings. */
export type SettingsWorkspace = Pick<typeof vscode.workspace, 'isTrusted'> & {
  readonly workspaceFile: Pick<vscode.Uri, 'scheme' | 'fsPath'> | undefined;
  readonly workspaceFolders: readonly { readonly uri: vscode.Uri }[] | undefined;
  getConfiguration(section: string, scope?: vscode.Uri): Pick<vscode.WorkspaceConfiguration, 'inspect'>;
};

/** A setting's value, and the folder at which a relative path in it starts. */
export interface SettingValue {
  readonly value: unknown;
  readonly folder: string | undefined;
}

/**
 * The value set for a key (`local.python`), undefined where none is. A folder's value precedes the
 * workspace's, and that the person's own. In Restricted Mode only the person's own counts for settings that need trust,
 * also where the editor does not withhold the others.
 */
export function settingValue(key: string, workspace: SettingsWorkspace): SettingValue | undefined {
  const inspected = workspace.getConfiguration('mlops').inspect(key);
  const own = inspected?.globalValue;
  if (settingsNeedingTrust.includes(`mlops.${key}`) && !workspace.isTrusted) return valueAt(own, undefined);
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri).filter(isFile);
  const first = folders[0]?.fsPath;
  const { workspaceFile: file } = workspace;
  const start = file && isFile(file) ? path.dirname(file.fsPath) : first;
  const inFolders = folders.map((uri) => {
    const value = workspace.getConfiguration('mlops', uri).inspect(key)?.workspaceFolderValue;
    return valueAt(value, uri.fsPath);
  });
  const values = [...inFolders, valueAt(inspected?.workspaceValue, start), valueAt(own, first)];
  return values.find((value) => value !== undefined);
}

function isFile({ scheme }: Pick<vscode.Uri, 'scheme'>): boolean {
  return scheme === 'file';
}

function valueAt(value: unknown, folder: string | undefined): SettingValue | undefined {
  return value === undefined ? undefined : { value, folder };
}

/**
 * The program that a setting names: absolute, or a bare name to look up on the PATH. A relative path starts at its
 * folder; without one (in Restricted Mode, or with no open folder) the result is undefined.
 */
export function programOf({ value, folder }: SettingValue): string | undefined {
  const text = typeof value === 'string' ? expandHome(value.trim()) : '';
  if (text === '') return undefined;
  if (path.isAbsolute(text) || isBareName(text)) return text;
  return folder === undefined ? undefined : path.resolve(folder, text);
}

/** An absolute path for one that starts with `~/`. */
export function expandHome(file: string): string {
  return /^~[\\/]/.test(file) ? path.join(os.homedir(), file.slice(2)) : file;
}

/** `.` and `..` are folders, and `C:python` is relative to the drive's current folder. */
function isBareName(text: string): boolean {
  return !/[\\/]|^[a-z]:|^\.{1,2}$/i.test(text);
}
