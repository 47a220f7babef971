import * as vscode from 'vscode';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { Services } from '../services.ts';
import { askModal } from '../window/messages.ts';
import { targetOf } from './shared/arguments.ts';
import { pickRun } from './shared/pick.ts';
import type { Handler } from './table.ts';

/** Shows the folder of a run: in the system's file manager where there is one, else in a new window after asking. */
export function openFolder(services: Services): Handler {
  return async (...args) => {
    const backend = await services.backend();
    if (backend.runFolder === undefined) {
      throw new MlopsError('unsupported', `Runs on ${backend.connection.name} have no folder here.`);
    }
    const run = targetOf(args).run ?? (await pickRun(services, 'The folder of which run?'))?.id;
    if (run === undefined) return;
    const folder = vscode.Uri.file(await backend.runFolder(run));
    if (hasDesktop()) await vscode.commands.executeCommand('revealFileInOS', folder);
    else await offer(run, folder);
  };
}

/** A browser's window and a remote machine have no file manager to show a folder in. */
function hasDesktop(): boolean {
  return vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
}

async function offer(run: string, folder: vscode.Uri): Promise<void> {
  const open = 'Open in a new window';
  const copy = 'Copy path';
  const answer = await askModal({ title: `The folder of ${run}`, detail: folder.fsPath }, open, copy);
  if (answer === copy) await vscode.env.clipboard.writeText(folder.fsPath);
  if (answer === open)
    await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: true });
}
