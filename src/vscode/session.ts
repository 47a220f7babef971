import * as vscode from 'vscode';
import type { LogFindings } from '../core/logs/searchLog.ts';
import type { FollowedLog } from './documents/followedLog.ts';
import { WatchedRuns } from './notifications/watchedRuns.ts';
import type { PageServer } from './panels/pageServer.ts';
import type { ResultsPanel } from './panels/resultsPanel.ts';
import { Consents } from './tools/consents.ts';
import { Ledger } from './tools/ledger.ts';
import type { TreeRequest } from './treeRequest.ts';

/** What a window knows until it is reloaded, for all who need it. What outlives that is in the workspace's state. */
export interface Session {
  readonly watchedRuns: WatchedRuns;
  /** Calls that `@mlops` makes through the editor. */
  readonly ledger: Ledger;
  /** What the person was asked, and what they said yes to. */
  readonly consents: Consents;
  /** Fired by commands, answered by the sidebar: neither knows the other. */
  readonly treeRequests: vscode.EventEmitter<TreeRequest>;
  /** Logs that are open, by the addresses of their documents. */
  readonly followedLogs: Map<string, FollowedLog>;
  /** What searches of logs found, by the addresses of their documents. */
  readonly logFindings: Map<string, LogFindings>;
  /** Results that are open, by their runs. */
  readonly resultsPanels: Map<string, ResultsPanel>;
  /** Gives reports to the person's browser. */
  readonly pages: () => Promise<PageServer>;
}

/** A session that ends with the extension. */
export function createSession({ subscriptions }: Pick<vscode.ExtensionContext, 'subscriptions'>): Session {
  const treeRequests = new vscode.EventEmitter<TreeRequest>();
  let pages: Promise<PageServer> | undefined;
  subscriptions.push(treeRequests, { dispose: () => void pages?.then((server) => server.close()) });
  return {
    watchedRuns: new WatchedRuns(),
    ledger: new Ledger(),
    consents: new Consents(),
    treeRequests,
    followedLogs: new Map(),
    logFindings: new Map(),
    resultsPanels: new Map(),
    pages: () => (pages ??= import('./panels/pageServer.ts').then((all) => new all.PageServer())),
  };
}
