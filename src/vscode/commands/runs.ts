import * as vscode from 'vscode';
import { isActive, type RunId } from '../../core/domain/run.ts';
import type { Services } from '../services.ts';
import { deadline } from '../deadline.ts';
import { runItem } from './shared/pick.ts';
import type { Handler } from './table.ts';

const shown = 50;

/** Offers the active and the recent runs and opens the one that is picked. */
export function showRuns(services: Services): Handler {
  return async () => {
    const title = 'Runs';
    const options = { title, matchOnDescription: true, matchOnDetail: true };
    const item = await vscode.window.showQuickPick<Item>(items(services), options);
    if (item?.run !== undefined) await vscode.commands.executeCommand('mlops.openRun', { run: item.run });
  };
}

type Item = vscode.QuickPickItem & { readonly run?: RunId };

async function items(services: Services): Promise<Item[]> {
  const backend = await services.backend();
  const { items: runs } = await backend.listRuns({ size: shown }, deadline());
  if (runs.length === 0) return [{ label: 'No runs yet' }];
  const now = services.clock.now();
  const section = (label: string, active: boolean): Item[] => {
    const rows = runs.filter((run) => isActive(run.state) === active);
    const head = { label, kind: vscode.QuickPickItemKind.Separator };
    return rows.length === 0 ? [] : [head, ...rows.map((run) => ({ ...runItem(run, now), run: run.id }))];
  };
  return [...section('active', true), ...section('recent', false)];
}
