import * as vscode from 'vscode';
import { activeStates, type RunSummary } from '../../core/domain/run.ts';
import { literal } from '../../core/text/literal.ts';
import type { Services } from '../services.ts';
import { coalesced } from '../coalesce.ts';
import { deadline } from '../deadline.ts';

const restMs = 500;

/**
 * Shows the connection and how many runs are active; a click offers the runs. Until the backend is in use nothing is
 * read: `connection` is the name that is shown then.
 */
export function registerStatus(
  context: vscode.ExtensionContext,
  services: Services,
  connection: string,
): void {
  const item = vscode.window.createStatusBarItem('mlops.connection', vscode.StatusBarAlignment.Left, 10);
  item.name = 'MLOps: connection and runs';
  item.command = 'mlops.showRuns';
  item.text = `$(server-process) ${literal(connection)}`;
  item.tooltip = 'Show the runs';
  item.accessibilityInformation = { label: `MLOps, ${connection}` };
  item.show();

  const read = coalesced(() => update(item, services));
  const warn = (error: unknown) => services.log.warn(`The status bar: ${String(error)}`);
  const changes = services.onDidChange((change) => {
    if (change.kind === 'runs') read().catch(warn);
  });
  services.inUse.then(read).catch(warn);
  context.subscriptions.push(item, changes);
}

async function update(item: vscode.StatusBarItem, services: Services): Promise<void> {
  // Changes come ten times a second; the last of them is read, too.
  await services.clock.delay(restMs);
  const [{ statusText, statusTooltip }, backend] = await Promise.all([
    import('./statusText.ts'),
    services.backend(),
  ]);
  const { name } = backend.connection;
  const active = await activeRuns(services);
  item.text = statusText(name, active);
  const tooltip = new vscode.MarkdownString(statusTooltip(name, active));
  tooltip.isTrusted = { enabledCommands: ['mlops.openRun'] };
  item.tooltip = tooltip;
  const count = active.length === 0 ? 'no run is active' : `${active.length} running`;
  item.accessibilityInformation = { label: `MLOps, ${name}, ${count}` };
}

async function activeRuns(services: Services): Promise<readonly RunSummary[]> {
  const backend = await services.backend();
  return (await backend.listRuns({ states: activeStates, size: 100 }, deadline())).items;
}
