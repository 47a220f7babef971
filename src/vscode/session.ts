import * as vscode from 'vscode';
import type { LineageIndex } from '../core/lineage/lineageIndex.ts';
import type { LogFindings } from '../core/logs/searchLog.ts';
import type { FollowedLog } from './documents/followedLog.ts';
import { WatchedRuns } from './notifications/watchedRuns.ts';
import type { PageServer } from './panels/pageServer.ts';
import type { ResultsPanel } from './panels/resultsPanel.ts';
import { ShownViews } from './shownViews.ts';
import { Consents } from './tools/consents.ts';
import { Ledger } from './tools/ledger.ts';
import type { TreeRequest } from './treeRequest.ts';

/** The state of a window until it is reloaded. What outlives that is in the workspace's state. */
export interface Session {
  readonly watchedRuns: WatchedRuns;
  readonly shownViews: ShownViews;
  /** Calls that `@mlops` makes through the editor. */
  readonly ledger: Ledger;
  /** The questions that the person was asked, and their consents. */
  readonly consents: Consents;
  /** Fired by commands and handled by the sidebar, so that neither imports the other. */
  readonly treeRequests: vscode.EventEmitter<TreeRequest>;
  /** The open logs, by the addresses of their documents. */
  readonly followedLogs: Map<string, FollowedLog>;
  /** The results of log searches, by the addresses of their documents. */
  readonly logFindings: Map<string, LogFindings>;
  /** The open results panels, by their runs. */
  readonly resultsPanels: Map<string, ResultsPanel>;
  /** What the records of runs say of objects, as far as they were read; made at the first question for it. */
  readonly lineage: { index?: LineageIndex };
  /** Serves reports to the person's browser. */
  readonly pages: () => Promise<PageServer>;
}

/** A session that ends with the extension. */
export function createSession(
  { subscriptions }: Pick<vscode.ExtensionContext, 'subscriptions'>,
  shownViews = new ShownViews(),
): Session {
  const treeRequests = new vscode.EventEmitter<TreeRequest>();
  let pages: Promise<PageServer> | undefined;
  subscriptions.push(treeRequests, { dispose: () => void pages?.then((server) => server.close()) });
  return {
    watchedRuns: new WatchedRuns(),
    shownViews,
    ledger: new Ledger(),
    consents: new Consents(),
    treeRequests,
    followedLogs: new Map(),
    logFindings: new Map(),
    resultsPanels: new Map(),
    lineage: {},
    pages: () => (pages ??= import('./panels/pageServer.ts').then((all) => new all.PageServer())),
  };
}
