import * as vscode from 'vscode';
import { activeStates, isActive, type RunId } from '../../core/domain/run.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import { placeName } from '../../core/connections/placeName.ts';
import { onPlace } from '../../core/domain/question.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { literal } from '../../core/text/literal.ts';
import { deleteQuestion } from '../../core/runs/deleteQuestion.ts';
import { stopQuestion } from '../../core/runs/stopQuestion.ts';
import { deadline } from '../deadline.ts';
import { extensionUri } from '../extensionUri.ts';
import type { Services } from '../services.ts';
import { ask } from '../window/askQuestion.ts';
import { type Target, targetOfRun } from '../target.ts';
import { askModal, inform } from '../window/messages.ts';
import type { Handler } from './command.ts';
import { changingBackend } from './shared/allowed.ts';
import { runsOf, targetOf } from './shared/arguments.ts';
import { chooseLastRun } from './shared/lastRun.ts';
import { backendAt, backendOf } from './shared/place.ts';
import { pickRun, type RunChoice, runItem } from './shared/pick.ts';

/** Shows the results of a run in a panel. */
export function openRun(services: Services): Handler {
  return async (...args) => {
    const backend = await backendOf(services, args);
    const title = 'Results of which run?';
    const run = targetOf(args).run ?? (await pickRun(backend, services.clock, title))?.id;
    if (run === undefined) return;
    const { showResults } = await import('../panels/resultsPanels.ts');
    await showResults(services, extensionUri(), { connection: backend.connection.id, runs: [run] });
  };
}

/** Opens the results of the last run of the file in front, else of the newest run. */
export function openLastRun(services: Services): Handler {
  return async (...args) => {
    const backend = await backendOf(services, args);
    const run = await chooseLastRun(backend, args);
    await vscode.commands.executeCommand('mlops.openRun', { connection: backend.connection.id, run });
  };
}

const runsShown = 50;

/**
 * Offers the active and recent runs of the active connection and opens the picked one; where there are several
 * connections, the active one can be changed here.
 */
export function showRuns(services: Services): Handler {
  return async () => {
    const { connections } = services;
    const title = connections.all.length > 1 ? `Runs on ${connections.active.info.name}` : 'Runs';
    const options = { title, matchOnDescription: true, matchOnDetail: true };
    const item = await vscode.window.showQuickPick<Item>(runItems(services), options);
    if (item?.run !== undefined) await vscode.commands.executeCommand('mlops.openRun', item.run);
    if (item?.activates !== undefined) connections.activate(item.activates);
  };
}

type Item = vscode.QuickPickItem & { readonly run?: Target; readonly activates?: ConnectionId };

/** The connections that the person can change to, if there are any. */
function connectionItems({ connections }: Services): Item[] {
  const others = connections.all.filter(
    (connection) => connection !== connections.active && connection.backend !== undefined,
  );
  if (others.length === 0) return [];
  const head = { label: 'connections', kind: vscode.QuickPickItemKind.Separator };
  return [
    head,
    ...others.map(({ info: { id, name } }) => ({
      label: `$(arrow-swap) Change to ${literal(name)}`,
      activates: id,
    })),
  ];
}

async function runItems(services: Services): Promise<Item[]> {
  const backend = await backendAt(services, undefined);
  const { items: runs } = await backend.listRuns({ size: runsShown }, deadline());
  const places = connectionItems(services);
  if (runs.length === 0) return [{ label: 'No runs yet' }, ...places];
  const now = services.clock.now();
  const section = (label: string, active: boolean): Item[] => {
    const rows = runs.filter((run) => isActive(run.state) === active);
    const head = { label, kind: vscode.QuickPickItemKind.Separator };
    return rows.length === 0
      ? []
      : [head, ...rows.map((run) => ({ ...runItem(run, now), run: targetOfRun(run) }))];
  };
  return [...section('active', true), ...section('recent', false), ...places];
}

/** Shows the folder of a run: in the system's file manager where there is one, else in a new window after asking. */
export function openFolder(services: Services): Handler {
  return async (...args) => {
    const backend = await backendOf(services, args);
    if (backend.runFolder === undefined) {
      throw new MlopsError('unsupported', `Runs on ${backend.connection.name} have no folder here.`);
    }
    const run =
      targetOf(args).run ?? (await pickRun(backend, services.clock, 'The folder of which run?'))?.id;
    if (run === undefined) return;
    const folder = vscode.Uri.file(await backend.runFolder(run));
    if (hasDesktop()) await vscode.commands.executeCommand('revealFileInOS', folder);
    else await offerFolder((await backend.getRun(run, deadline())).label, folder);
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

/** Leaves out runs that are stopping already. */
const stoppable = activeStates.filter((state) => state !== 'stopping');

/** Asks, naming what is running, then stops a run: the row's, the only active one, or one that the person picks. */
export function stopRun(services: Services): Handler {
  return async (...args) => {
    const target = targetOf(args);
    const backend = await changingBackend(services, 'write', target.connection);
    const run = target.run ?? (await activeRun(backend, services));
    if (run === undefined) return;
    const details = await backend.getRun(run, deadline());
    if (!(await ask(onPlace(stopQuestion(details), placeName(services.connections, backend.connection)))))
      return;
    const outcome = await backend.stopRun(run, deadline());
    if (outcome === 'alreadyEnded') void inform(`${details.label} had already ended.`);
  };
}

async function activeRun(backend: PipelineBackend, { clock }: Services): Promise<RunId | undefined> {
  const { items } = await backend.listRuns({ states: stoppable, size: 2 }, deadline());
  const [only, another] = items;
  if (only !== undefined && another === undefined) return only.id;
  return (await pickRun(backend, clock, 'Stop which run?', { states: stoppable, none: 'No run is active.' }))
    ?.id;
}

const deletable: RunChoice = {
  states: ['succeeded', 'failed', 'stopped', 'interrupted', 'skipped'],
  none: 'No run has ended yet.',
};

/** Asks, then deletes an ended run, or each of the selected rows: a question for each, until one is declined. */
export function deleteRun(services: Services): Handler {
  return async (...args) => {
    const { connection, runs: selected } = runsOf(args);
    const target = targetOf(args);
    const backend = await changingBackend(services, 'destroy', connection ?? target.connection);
    for (const named of selected.length > 0 ? selected : [target.run]) {
      const run = named ?? (await pickRun(backend, services.clock, 'Delete which run?', deletable))?.id;
      if (run === undefined) return;
      const question = await deleteQuestion(backend, run, deadline());
      if (!(await ask(onPlace(question, placeName(services.connections, backend.connection))))) return;
      await backend.deleteRun(run, deadline());
    }
  };
}
