import * as vscode from 'vscode';
import type { RunId, RunSummary } from '../../core/domain/run.ts';
import type { EndClaim } from '../../core/ports/endClaim.ts';
import type { BackendChange, PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import type { Services } from '../services.ts';
import { complain, inform } from '../window/messages.ts';
import type { Endings, EndingsDeps } from './endings.ts';

/** Tells once, over all windows, how a run ended that this window saw active. Sleeps until the backend is in use. */
export function registerNotifications(
  context: vscode.ExtensionContext,
  services: Services,
  inUse: Promise<unknown>,
  claim: () => Promise<EndClaim>,
): void {
  let endings: Promise<Endings> | undefined;
  const memory = memoryIn(context.workspaceState);
  const open = () => {
    endings ??= openEndings(services, claim, memory).catch((error: unknown) => {
      endings = undefined;
      throw error;
    });
    return endings;
  };
  const warn = (error: unknown) => services.log.warn(`The end of a run could not be told: ${String(error)}`);
  const look = (change: BackendChange) => {
    open()
      .then((all) => all.change(change))
      .catch(warn);
  };
  const forget = services.session.watchedRuns.onExpected((run) => look({ kind: 'runs', runs: [run] }));
  context.subscriptions.push(services.onDidChange(look), { dispose: forget });
  const begun = memory.get().length > 0 ? services.backend() : inUse;
  begun.then(open).catch(warn);
}

const memoryKey = 'mlops.activeRuns';

/** Keeps the active runs in the window's own state, so that a reload does not swallow an end. */
function memoryIn(state: vscode.Memento): EndingsDeps['memory'] {
  return {
    get: () => state.get<readonly RunId[]>(memoryKey, []),
    set: (runs) => void state.update(memoryKey, runs),
  };
}

async function openEndings(
  services: Services,
  claim: () => Promise<EndClaim>,
  memory: EndingsDeps['memory'],
): Promise<Endings> {
  const [all, backend, taken] = await Promise.all([import('./endings.ts'), services.backend(), claim()]);
  const endings = new all.Endings({
    backend,
    clock: services.clock,
    claim: taken,
    watched: services.session.watchedRuns,
    memory,
    focused: () => vscode.window.state.focused,
    seen: noteStep,
    tell: (run) => void tell(run, backend).catch((error: unknown) => services.log.warn(String(error))),
  });
  await endings.begin();
  return endings;
}

/** Steps of the walkthrough are done when a run failed, and when one succeeded. */
function noteStep({ state }: RunSummary): void {
  if (state === 'succeeded') void vscode.commands.executeCommand('setContext', 'mlops.greenRun', true);
  if (state === 'failed') void vscode.commands.executeCommand('setContext', 'mlops.failedRun', true);
}

async function tell(run: RunSummary, backend: PipelineBackend): Promise<void> {
  const [{ endMessage }, { endButtons }] = await Promise.all([
    import('./endMessage.ts'),
    import('./endButtons.ts'),
  ]);
  const { text, failed, task } = endMessage(run);
  const buttons = await endButtons(run, task, backend);
  const show = failed ? complain : inform;
  const picked = await show(text, ...buttons.map(({ title }) => title));
  const button = buttons.find(({ title }) => title === picked);
  if (button !== undefined) await vscode.commands.executeCommand(button.command, { run: run.id, task });
}
