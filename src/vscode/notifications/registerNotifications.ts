import * as vscode from 'vscode';
import type { RunSummary } from '../../core/domain/run.ts';
import type { EndClaim } from '../../core/ports/endClaim.ts';
import type { Services } from '../services.ts';
import type { Endings } from './endings.ts';

/** Tells once, over all windows, how a run ended that this window saw active. Sleeps until the backend is in use. */
export function registerNotifications(
  context: vscode.ExtensionContext,
  services: Services,
  inUse: Promise<unknown>,
  claim: () => Promise<EndClaim>,
): void {
  let endings: Promise<Endings> | undefined;
  const open = () => (endings ??= openEndings(services, claim));
  const warn = (error: unknown) => services.log.warn(`The end of a run could not be told: ${String(error)}`);
  context.subscriptions.push(
    services.onDidChange(
      (change) =>
        void open()
          .then((all) => all.change(change))
          .catch(warn),
    ),
  );
  inUse.then(open).catch(warn);
}

async function openEndings(services: Services, claim: () => Promise<EndClaim>): Promise<Endings> {
  const [all, backend, taken] = await Promise.all([import('./endings.ts'), services.backend(), claim()]);
  const endings = new all.Endings({
    backend,
    clock: services.clock,
    claim: taken,
    focused: () => vscode.window.state.focused,
    tell: (run) => void tell(run),
  });
  await endings.begin();
  return endings;
}

async function tell(run: RunSummary): Promise<void> {
  const { endMessage } = await import('./endMessage.ts');
  const { text, failed, task } = endMessage(run);
  const buttons = task === undefined ? ['Open'] : ['Open', 'Show log'];
  const show = failed ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
  const picked = await show(text, ...buttons);
  if (picked === 'Open') await vscode.commands.executeCommand('mlops.openRun', { run: run.id });
  if (picked === 'Show log') await vscode.commands.executeCommand('mlops.openLog', { run: run.id, task });
}
