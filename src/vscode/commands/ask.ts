import * as vscode from 'vscode';

/** Opens the chat with `@mlops` ready: a sentence without it goes to the editor's own agent, which may want an account. */
export async function ask(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.chat.open', {
    query: '@mlops ',
    isPartialQuery: true,
  });
}
