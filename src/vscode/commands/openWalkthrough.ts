import * as vscode from 'vscode';

/** Opens the steps that lead from a failure to a good run. */
export async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand(
    'workbench.action.openWalkthrough',
    'mlops-chat.mlops-chat#start',
    false,
  );
}
