import type * as vscode from 'vscode';
import { aboutResult } from '../../core/agents/about.ts';
import { withParameters } from '../../core/agents/focusParameters.ts';
import { livingFocus } from '../../core/agents/livingFocus.ts';
import { moveFocus } from '../../core/agents/moveFocus.ts';
import { placeName } from '../../core/connections/placeName.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { Focus } from '../../core/domain/focus.ts';
import { mentioned } from '../../core/domain/mention.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { mentionsOfRun } from '../../core/tools/runResult.ts';
import type { Services } from '../services.ts';
import { lastFocus } from './memory.ts';

/** Longest time of a look at what is in focus, in milliseconds: without it the sentence can be answered, too. */
const longestLook = 2000;

const soon = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(longestLook)]);

/** What "it" means: what the last turn left and is still there, or the run that was waited for since. */
export async function focusNow(
  { connections, waitedFor }: Services,
  context: vscode.ChatContext,
  signal: AbortSignal,
): Promise<Focus> {
  const { focus: left, at } = lastFocus(context.history);
  const focus = await livingFocus(left, (id) => backendOf(connections, id), soon(signal));
  const waited = waitedFor.get();
  if (waited === undefined || waited.at <= at) return focus;
  const { connection, id } = waited.run;
  const backend = await backendOf(connections, connection);
  const run = await backend?.getRun(id, signal).catch(() => undefined);
  return run === undefined ? focus : moveFocus(focus, aboutResult(mentioned(connection, mentionsOfRun(run))));
}

/** The focus as a prompt has it: with the parameters of its run, and names of connections where there are several. */
export async function shownFocus(
  { connections }: Services,
  focus: Focus,
  signal: AbortSignal,
): Promise<Focus> {
  const backend = focus.run === undefined ? undefined : await backendOf(connections, focus.connection);
  const known = backend === undefined ? focus : await withParameters(focus, backend, soon(signal));
  const named = <T extends { readonly connection?: string }>({ connection, ...rest }: T) => {
    const name = placeOf(connections, connection);
    return name === undefined ? rest : { ...rest, connection: name };
  };
  const { lists, ...single } = known;
  return { ...named(single), ...(lists === undefined ? {} : { lists: lists.map(named) }) };
}

function placeOf(connections: Services['connections'], id: string | undefined): string | undefined {
  const connected = id === undefined ? undefined : connections.get(id as ConnectionId);
  return connected && placeName(connections, connected.info);
}

/** The pipelines and runs of a connection, of the active one for none; undefined where they cannot be had. */
async function backendOf(
  connections: Services['connections'],
  id: string | undefined,
): Promise<PipelineBackend | undefined> {
  const connection = id === undefined ? connections.active : connections.get(id as ConnectionId);
  return connection?.backend?.().catch(() => undefined);
}
