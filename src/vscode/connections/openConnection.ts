import type * as vscode from 'vscode';
import type { Contact } from '../../core/connections/contact.ts';
import type { KubeReach } from '../../core/connections/kubeReach.ts';
import type { ApprovalStore } from '../../core/ports/compileApprovals.ts';
import type { Credentials } from '../../core/ports/credentials.ts';
import type { Log } from '../../core/ports/log.ts';
import type { Connection, Connections } from '../../core/ports/connections.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { BackendChange, PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import type { ShownViews } from '../shownViews.ts';
import type { ConfiguredCluster } from './clusterRow.ts';

/** A connection as this window uses it. */
export interface OpenConnection extends Connection {
  /** Fires for what changed in the backend, once it is in use. */
  readonly onDidChange: vscode.Event<BackendChange>;
  /** Resolves when the backend is first used; never for a connection with objects only. */
  readonly inUse: Promise<void>;
  /** Where it is and how it signs in, for a server. */
  readonly cluster?: ConfiguredCluster;
  /** The address that its keys belong to, for an object store. */
  readonly storeAddress?: string;
  /** True for one of the workspace that nobody has allowed yet. */
  readonly waits?: boolean;
  /** True when an earlier window may have left an active run; this opens nothing. */
  readonly mayHaveActiveRuns: () => Promise<boolean>;
}

/** One with pipelines and runs, as the active one is. */
export interface OpenRunConnection extends OpenConnection {
  readonly backend: () => Promise<PipelineBackend>;
}

/** A change and its connection. */
export interface ConnectionChange {
  readonly connection: OpenConnection;
  readonly change: BackendChange;
}

/** The connections of this window. */
export interface OpenConnections extends Connections {
  readonly all: readonly OpenConnection[];
  readonly active: OpenRunConnection;
  get(id: ConnectionId): OpenConnection | undefined;
  /** Makes a connection the active one, here and in this workspace's later windows; one that has no runs or is gone changes nothing. */
  activate(id: ConnectionId): void;
  /** Allows a connection of the workspace to contact what was shown. */
  allow(id: ConnectionId, contact: Contact, reach?: KubeReach): void;
  /** Fires for what changed in any backend that is in use. */
  readonly onDidChangeRuns: vscode.Event<ConnectionChange>;
}

/** What the connections need. */
export interface ConnectionDeps {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  readonly approvals: ApprovalStore;
  readonly credentials: Credentials;
  readonly shownViews: ShownViews;
}
