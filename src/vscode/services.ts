import * as vscode from 'vscode';
import type { ApprovalStore } from '../core/ports/compileApprovals.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Credentials } from '../core/ports/credentials.ts';
import type { Log } from '../core/ports/log.ts';
import { approvalStore } from './approvalStore.ts';
import { systemClock } from './clock.ts';
import { createConnections } from './connections/connections.ts';
import { credentialStore } from './connections/credentialStore.ts';
import type { OpenConnections } from './connections/openConnection.ts';
import { type LastRun, lastRun } from './lastRun.ts';
import { createSession, type Session } from './session.ts';
import { ShownViews } from './shownViews.ts';

/** Everything that commands, views and the chat need. */
export interface Services {
  readonly clock: Clock;
  readonly log: Log;
  readonly connections: OpenConnections;
  /** What people sign in to connections with. */
  readonly credentials: Credentials;
  /** The run that the chat last waited for, kept over reloads, since an interrupted answer leaves no other trace. */
  readonly waitedFor: LastRun;
  /** The approvals to compile that are kept for this workspace. */
  readonly approvals: ApprovalStore;
  /** State that this workspace keeps over reloads. */
  readonly workspaceState: vscode.Memento;
  /** State that this window keeps until it is reloaded. */
  readonly session: Session;
}

/** Creates the services of a window. */
export function createServices(context: vscode.ExtensionContext, log: Log): Services {
  const approvals = approvalStore(context.workspaceState, vscode.workspace.isTrusted);
  const credentials = credentialStore(context.secrets);
  const shownViews = new ShownViews();
  return {
    clock: systemClock,
    log,
    connections: createConnections({ context, log, approvals, credentials, shownViews }),
    credentials,
    waitedFor: lastRun(context.workspaceState, systemClock),
    approvals,
    workspaceState: context.workspaceState,
    session: createSession(context, shownViews),
  };
}
