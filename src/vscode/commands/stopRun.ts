import * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { deadline } from '../trees/listing.ts';
import { agreed, changingBackend } from './allowed.ts';
import { targetOf } from './arguments.ts';
import type { Handler } from './table.ts';
import { pickRun } from './pick.ts';

/** Asks, then stops a run. */
export function stopRun(services: Services): Handler {
  return async (...args) => {
    const backend = await changingBackend(services, 'write');
    const run =
      targetOf(args).run ??
      (await pickRun(services, 'Stop which run?', { states: ['pending', 'preparing', 'running'] }))?.id;
    if (run === undefined) return;
    const detail =
      'Tasks that are running end at once. What has finished stays, and a later run can take it from the cache.';
    if (!(await agreed(`Stop ${run}?`, detail, 'Stop'))) return;
    const outcome = await backend.stopRun(run, deadline());
    if (outcome === 'alreadyEnded') void vscode.window.showInformationMessage(`${run} had already ended.`);
  };
}
