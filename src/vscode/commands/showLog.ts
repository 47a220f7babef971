import * as vscode from 'vscode';
import { followedLog } from '../documents/followedLogs.ts';
import { logUri, wholeLogUri } from '../uris.ts';
import type { LogTarget } from './shared/logTarget.ts';

/** Opens a log at its end, where it is followed; or at a place, in the whole log when that is left out of its end. */
export async function showLog({ run, task, place }: LogTarget): Promise<void> {
  const uri = logUri(run, task);
  if (place === undefined) return showLine(uri);
  await vscode.workspace.openTextDocument(uri);
  const log = followedLog(uri);
  log?.pause();
  const line = log?.lineAt(place);
  if (line === undefined) await showLine(wholeLogUri(run, task), place.line - 1);
  else await showLine(uri, line);
}

/** Opens a log from its beginning, all attempts. */
export async function showWholeLog({ run, task }: LogTarget): Promise<void> {
  await showLine(wholeLogUri(run, task), 0);
}

/** Shows a line, from 0; without one the end. */
async function showLine(uri: vscode.Uri, line?: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, { preview: line === undefined });
  const shown = document.lineAt(Math.min(line ?? Infinity, document.lineCount - 1)).range;
  const at = line === undefined ? shown.end : shown.start;
  editor.selection = new vscode.Selection(at, line === undefined ? at : shown.end);
  const where =
    line === undefined ? vscode.TextEditorRevealType.Default : vscode.TextEditorRevealType.InCenter;
  editor.revealRange(new vscode.Range(at, at), where);
}
