import * as vscode from 'vscode';
import { literal } from '../../../core/text/literal.ts';

/** The open folder, or one of several that the person picks; undefined when none is open, or when they leave. */
export async function workspaceFolder(title: string): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length <= 1) return folders[0]?.uri;
  const items = folders.map(({ name, uri }) => ({
    label: literal(name),
    description: literal(uri.fsPath),
    uri,
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.uri;
}

/** True when a path exists. */
export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
