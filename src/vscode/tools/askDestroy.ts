import * as vscode from 'vscode';
import type { Confirmation } from '../../core/tools/tool.ts';

/** Asks in a modal before something is destroyed or stopped. True only when the person chose to. */
export async function askDestroy({ title, message }: Confirmation): Promise<boolean> {
  const verb = title.split(' ')[0] ?? 'Delete';
  const detail = message.replace(/\\([\\`*_{}[\]()<>#+!|~$&])/g, '$1').replace(/`/g, '');
  return (await vscode.window.showWarningMessage(title, { modal: true, detail }, verb)) === verb;
}
