import * as vscode from 'vscode';
import { activeStates, isActive, type RunId } from '../../core/domain/run.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { deleteQuestion } from '../../core/runs/deleteQuestion.ts';
import { stopQuestion } from '../../core/runs/stopQuestion.ts';
import { deadline } from '../deadline.ts';
import { extensionUri } from '../extensionUri.ts';
import type { Services } from '../services.ts';
import { ask } from '../window/askQuestion.ts';
import { askModal, inform } from '../window/messages.ts';
import type { Handler } from './command.ts';
import { changingBackend } from './shared/allowed.ts';
import { runsOf, targetOf } from './shared/arguments.ts';
import { chooseLastRun } from './shared/lastRun.ts';
import { pickRun, type RunChoice, runItem } from './shared/pick.ts';

/** Shows the results of a run in a panel. */
export function openRun(services: Services): Handler {
  return async (...args) => {
    const run = targetOf(args).run ?? (await pickRun(services, 'Results of which run?'))?.id;
    if (run === undefined) return;
    const { showResults } = await import('../panels/resultsPanels.ts');
    await showResults(services, extensionUri(), [run]);
  };
}

/** Opens the results of the last run of the file in front, else of the newest run. */
export function openLastRun(services: Services): Handler {
  return async (...args) => {
    const run = await chooseLastRun(await services.backend(), args);
    await vscode.commands.executeCommand('mlops.openRun', { run });
  };
}

const runsShown = 50;

/** Offers the active and the recent runs and opens the one that is picked. */
export function showRuns(services: Services): Handler {
  return async () => {
    const title = 'Runs';
    const options = { title, matchOnDescription: true, matchOnDetail: true };
    const item = await vscode.window.showQuickPick<Item>(runItems(services), options);
    if (item?.run !== undefined) await vscode.commands.executeCommand('mlops.openRun', { run: item.run });
  };
}

type Item = vscode.QuickPickItem & { readonly run?: RunId };

async function runItems(services: Services): Promise<Item[]> {
  const backend = await services.backend();
  const { items: runs } = await backend.listRuns({ size: runsShown }, deadline());
  if (runs.length === 0) return [{ label: 'No runs yet' }];
  const now = services.clock.now();
  const section = (label: string, active: boolean): Item[] => {
    const rows = runs.filter((run) => isActive(run.state) === active);
    const head = { label, kind: vscode.QuickPickItemKind.Separator };
    return rows.length === 0 ? [] : [head, ...rows.map((run) => ({ ...runItem(run, now), run: run.id }))];
  };
  return [...section('active', true), ...section('recent', false)];
}

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
    else await offerFolder(run, folder);
  };
}

/** A browser's window and a remote machine have no file manager to show a folder in. */
function hasDesktop(): boolean {
  return vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
}

async function offerFolder(run: string, folder: vscode.Uri): Promise<void> {
  const open = 'Open in a new window';
  const copy = 'Copy path';
  const answer = await askModal({ title: `The folder of ${run}`, detail: folder.fsPath }, open, copy);
  if (answer === copy) await vscode.env.clipboard.writeText(folder.fsPath);
  if (answer === open)
    await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: true });
}

/** A run that is stopping was asked to stop already. */
const stoppable = activeStates.filter((state) => state !== 'stopping');

/** Asks, naming what is running, then stops a run: the row's, the only one that is active, or the one that is picked. */
export function stopRun(services: Services): Handler {
  return async (...args) => {
    const backend = await changingBackend(services, 'write');
    const run = targetOf(args).run ?? (await activeRun(services));
    if (run === undefined) return;
    if (!(await ask(stopQuestion(await backend.getRun(run, deadline()))))) return;
    const outcome = await backend.stopRun(run, deadline());
    if (outcome === 'alreadyEnded') void inform(`${run} had already ended.`);
  };
}

async function activeRun(services: Services): Promise<RunId | undefined> {
  const backend = await services.backend();
  const { items } = await backend.listRuns({ states: stoppable, size: 2 }, deadline());
  const [only, another] = items;
  if (only !== undefined && another === undefined) return only.id;
  return (await pickRun(services, 'Stop which run?', { states: stoppable, none: 'No run is active.' }))?.id;
}

const deletable: RunChoice = {
  states: ['succeeded', 'failed', 'stopped', 'interrupted', 'skipped'],
  none: 'No run has ended yet.',
};

/** Asks, then deletes a run that ended, or each of the rows that are selected: a question for each, until one is answered no. */
export function deleteRun(services: Services): Handler {
  return async (...args) => {
    const backend = await changingBackend(services, 'destroy');
    const selected = runsOf(args);
    for (const named of selected.length > 0 ? selected : [targetOf(args).run]) {
      const run = named ?? (await pickRun(services, 'Delete which run?', deletable))?.id;
      if (run === undefined) return;
      if (!(await ask(await deleteQuestion(backend, run, deadline())))) return;
      await backend.deleteRun(run, deadline());
    }
  };
}
