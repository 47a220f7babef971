import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { runUri } from '../uris.ts';
import { targetOf } from './arguments.ts';
import { pickRun } from './pick.ts';
import type { Handler } from './table.ts';

/** Opens the description of a run as a rendered page. */
export function openRun(services: Services): Handler {
  return async (...args) => {
    const run = targetOf(args).run ?? (await pickRun(services, 'Open which run?'))?.id;
    if (run !== undefined) await vscode.commands.executeCommand('markdown.showPreview', runUri(run));
  };
}
