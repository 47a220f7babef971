import * as vscode from 'vscode';
import { placeName } from '../../core/connections/placeName.ts';
import type { RunSummary } from '../../core/domain/run.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import type { ConnectionChange, OpenConnection } from '../connections/openConnection.ts';
import type { Services } from '../services.ts';
import { targetOfRun } from '../target.ts';
import { complain, inform } from '../window/messages.ts';
import { ActiveRuns } from './activeRuns.ts';
import type { Endings, EndingsDeps } from './endings.ts';

/** Announces once, over all windows, the end of a run that this window saw active. Starts when a backend is in use. */
export function registerNotifications(context: vscode.ExtensionContext, services: Services): void {
  const { connections, log, session } = services;
  const open = new Map<OpenConnection, Promise<Endings | undefined>>();
  const memory = new ActiveRuns(context.workspaceState);
  const endings = (connection: OpenConnection): Promise<Endings | undefined> => {
    const known = open.get(connection);
    if (known !== undefined) return known;
    const opened = openEndings(services, connection, memory.of(connection.info.id)).catch(
      (error: unknown) => {
        open.delete(connection);
        throw error;
      },
    );
    open.set(connection, opened);
    return opened;
  };
  const warn = (error: unknown) => log.warn(`The end of a run could not be told: ${String(error)}`);
  const look = ({ connection, change }: ConnectionChange) => {
    endings(connection)
      .then((all) => all?.change(change))
      .catch(warn);
  };
  const begin = () => {
    for (const connection of connections.all) {
      const before = memory.of(connection.info.id).get().length > 0;
      const begun = before ? connection.backend?.() : connection.inUse;
      begun?.then(() => endings(connection)).catch(warn);
    }
  };
  const forget = session.watchedRuns.onExpected((run) => {
    const connection = connections.get(run.connection);
    if (connection !== undefined) look({ connection, change: { kind: 'runs', runs: [run.id] } });
  });
  context.subscriptions.push(
    connections.onDidChangeRuns(look),
    { dispose: forget },
    { dispose: connections.onDidChange(begin) },
  );
  begin();
}

/** Undefined for a connection without runs. */
async function openEndings(
  services: Services,
  connection: OpenConnection,
  memory: EndingsDeps['memory'],
): Promise<Endings | undefined> {
  if (connection.backend === undefined || connection.endClaim === undefined) return undefined;
  const [all, backend, claim] = await Promise.all([
    import('./endings.ts'),
    connection.backend(),
    connection.endClaim(),
  ]);
  const place = () => placeName(services.connections, connection.info);
  const endings = new all.Endings({
    backend,
    clock: services.clock,
    claim,
    watched: services.session.watchedRuns,
    memory,
    focused: () => vscode.window.state.focused,
    seen: noteStep,
    tell: (run) =>
      void tell(run, backend, place()).catch((error: unknown) => services.log.warn(String(error))),
  });
  await endings.begin();
  return endings;
}

/** Completes steps of the walkthrough when a run failed, and when one succeeded. */
function noteStep({ state }: RunSummary): void {
  if (state === 'succeeded') void vscode.commands.executeCommand('setContext', 'mlops.greenRun', true);
  if (state === 'failed') void vscode.commands.executeCommand('setContext', 'mlops.failedRun', true);
}

async function tell(run: RunSummary, backend: PipelineBackend, place: string | undefined): Promise<void> {
  const [{ endMessage }, { endButtons }] = await Promise.all([
    import('./endMessage.ts'),
    import('./endButtons.ts'),
  ]);
  const { text: end, failed, task } = endMessage(run);
  const text = place === undefined ? end : `${place}: ${end}`;
  const buttons = await endButtons(run, task, backend);
  const show = failed ? complain : inform;
  const picked = await show(text, ...buttons.map(({ title }) => title));
  const button = buttons.find(({ title }) => title === picked);
  if (button !== undefined)
    await vscode.commands.executeCommand(button.command, { ...targetOfRun(run), task });
}
