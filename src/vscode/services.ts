import * as vscode from 'vscode';
import type { ApprovalStore } from '../core/ports/compileApprovals.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Log } from '../core/ports/log.ts';
import { approvalStore } from './approvalStore.ts';
import { systemClock } from './clock.ts';
import { createConnections } from './connections/connections.ts';
import type { OpenConnections } from './connections/openConnection.ts';
import { type LastRun, lastRun } from './lastRun.ts';
import { createSession, type Session } from './session.ts';

/** Everything the editor's side needs from below. */
export interface Services {
  readonly clock: Clock;
  readonly log: Log;
  readonly connections: OpenConnections;
  /** The run that the chat waited for last, kept over reloads: an answer that was cut short leaves no other trace. */
  readonly waitedFor: LastRun;
  /** Which Python files may be compiled, as it is kept for this workspace. */
  readonly approvals: ApprovalStore;
  /** What this workspace remembers over reloads. */
  readonly workspaceState: vscode.Memento;
  /** What this window knows until it is reloaded. */
  readonly session: Session;
}

/** Wires the editor's side to what is below it. */
export function createServices(context: vscode.ExtensionContext, log: Log): Services {
  const approvals = approvalStore(context.workspaceState, vscode.workspace.isTrusted);
  return {
    clock: systemClock,
    log,
    connections: createConnections({ context, log, approvals }),
    waitedFor: lastRun(context.workspaceState, systemClock),
    approvals,
    workspaceState: context.workspaceState,
    session: createSession(context),
  };
}
