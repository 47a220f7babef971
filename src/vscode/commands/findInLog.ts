import * as vscode from 'vscode';

/** Opens the editor's own search in what is shown of a log. */
export async function findInLog(): Promise<void> {
  await vscode.commands.executeCommand('actions.find');
}
