import * as vscode from 'vscode';

const shown = 'firstWindow.shown';

/**
 * Shows the first steps, the MLOps view and a chat that begins with @mlops, once for each profile. `npm start` asks for
 * this; after an installation the editor shows the walkthrough by itself.
 */
export async function showFirstWindow({ globalState }: vscode.ExtensionContext): Promise<void> {
  if (globalState.get(shown) === true) return;
  await globalState.update(shown, true);
  await vscode.commands.executeCommand('mlops.openWalkthrough');
  await vscode.commands.executeCommand('mlops.pipelines.focus', { preserveFocus: true });
  await vscode.commands.executeCommand('mlops.ask');
}
