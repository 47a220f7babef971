import * as vscode from 'vscode';
import { activeStates, type RunSummary } from '../../core/domain/run.ts';
import { literal } from '../../core/text/literal.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import type { Services } from '../services.ts';
import { coalesced } from '../coalesce.ts';
import { deadline } from '../deadline.ts';

const restMs = 500;

/**
 * Shows the active connection and how many of its runs are active; a click offers the runs and the other connections. Nothing
 * is read until the backend is in use.
 */
export function registerStatus(context: vscode.ExtensionContext, services: Services): void {
  const { connections } = services;
  const item = vscode.window.createStatusBarItem('mlops.connection', vscode.StatusBarAlignment.Left, 10);
  item.name = 'MLOps: connection and runs';
  item.command = 'mlops.showRuns';
  item.tooltip = 'Show the runs';
  const follow = () => {
    const { info, inUse } = connections.active;
    item.text = `$(server-process) ${literal(info.name)}`;
    item.accessibilityInformation = { label: `MLOps, ${info.name}` };
    inUse.then(read).catch(warn);
  };

  const read = coalesced(() => update(item, services));
  const warn = (error: unknown) => services.log.warn(`The status bar: ${String(error)}`);
  const changes = connections.onDidChangeRuns(({ connection, change }) => {
    if (change.kind === 'runs' && connection === connections.active) read().catch(warn);
  });
  follow();
  item.show();
  context.subscriptions.push(item, changes, { dispose: connections.onDidChange(follow) });
}

async function update(item: vscode.StatusBarItem, services: Services): Promise<void> {
  // Changes come up to ten times a second; wait, then read once.
  await services.clock.delay(restMs);
  const [{ statusText, statusTooltip }, backend] = await Promise.all([
    import('./statusText.ts'),
    services.connections.active.backend(),
  ]);
  const { connection } = backend;
  const { name } = connection;
  const active = await activeRuns(backend);
  item.text = statusText(name, active);
  const tooltip = new vscode.MarkdownString(statusTooltip(connection, active));
  tooltip.isTrusted = { enabledCommands: ['mlops.openRun'] };
  item.tooltip = tooltip;
  const count = active.length === 0 ? 'no run is active' : `${active.length} running`;
  item.accessibilityInformation = { label: `MLOps, ${name}, ${count}` };
}

async function activeRuns(backend: PipelineBackend): Promise<readonly RunSummary[]> {
  return (await backend.listRuns({ states: activeStates, size: 100 }, deadline())).items;
}
