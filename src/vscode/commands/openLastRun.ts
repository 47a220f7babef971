import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { chooseLastRun } from './shared/lastRun.ts';
import type { Handler } from './table.ts';

/** Opens the results of the last run of the file in front, else of the newest run. */
export function openLastRun(services: Services): Handler {
  return async (...args) => {
    const run = await chooseLastRun(await services.backend(), args);
    await vscode.commands.executeCommand('mlops.openRun', { run });
  };
}
