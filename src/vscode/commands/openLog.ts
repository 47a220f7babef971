import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { deadline } from '../trees/listing.ts';
import { logUri } from '../uris.ts';
import { targetOf } from './arguments.ts';
import { pickRun, pickTask } from './pick.ts';
import type { Handler } from './table.ts';

/** Opens a task's log at its end, which is where the trouble stands. */
export function openLog(services: Services): Handler {
  return async (...args) => {
    const target = targetOf(args);
    const run = target.run ?? (await pickRun(services, 'A log of which run?'))?.id;
    if (run === undefined) return;
    const task = target.task ?? (await chooseTask(services, run));
    if (task === undefined) return;
    const document = await vscode.workspace.openTextDocument(logUri(run, task));
    const editor = await vscode.window.showTextDocument(document, { preview: true });
    const end = document.lineAt(document.lineCount - 1).range.end;
    editor.selection = new vscode.Selection(end, end);
    editor.revealRange(new vscode.Range(end, end));
  };
}

async function chooseTask(
  services: Services,
  run: Parameters<typeof logUri>[0],
): Promise<string | undefined> {
  const backend = await services.backend();
  return pickTask(await backend.getRun(run, deadline()), `The log of which task of ${run}?`);
}
