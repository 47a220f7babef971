import * as vscode from 'vscode';
import { anyObjectsOf, connectionOf, runsOf } from '../../core/connections/findConnection.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { OpenConnection } from '../connections/openConnection.ts';
import type { Services } from '../services.ts';
import { KnownGraphs } from './knownGraphs.ts';
import { panelHtml } from './panelHtml.ts';
import type { PanelEffects } from './handleMessage.ts';
import { type PanelRuns, resultsView } from './registerPanels.ts';
import { ResultsPanel, type ResultsPanelDeps } from './resultsPanel.ts';
import { failureOf } from '../failure.ts';
import type { Session } from '../session.ts';
import { complain, mention } from '../window/messages.ts';
import { openInBrowser } from './openInBrowser.ts';

const keyOf = ({ connection, runs }: PanelRuns) => [connection, ...runs].join(' ');

/** Shows the results of one run, or several compared; an open panel of the same runs comes to the front. */
export async function showResults(
  services: Services,
  extension: vscode.Uri,
  shown: PanelRuns,
): Promise<void> {
  const deps = await panelDeps(services, shown.connection);
  const open = services.session.resultsPanels;
  const before = open.get(keyOf(shown));
  if (before !== undefined) return before.reveal();
  const panel = vscode.window.createWebviewPanel(
    resultsView,
    shown.runs[0] ?? 'Results',
    vscode.ViewColumn.Active,
  );
  fill({ panel, extension, session: services.session }, shown, deps);
}

/** Fills a panel that the editor restored after a reload. */
export async function fillPanel(
  services: Services,
  extension: vscode.Uri,
  panel: vscode.WebviewPanel,
  shown: PanelRuns,
): Promise<void> {
  const deps = await panelDeps(services, shown.connection);
  fill({ panel, extension, session: services.session }, shown, deps);
}

/** A panel of the editor, and what fills it. */
interface Place {
  readonly panel: vscode.WebviewPanel;
  readonly extension: vscode.Uri;
  readonly session: Pick<Session, 'resultsPanels' | 'shownViews'>;
}

/** Synchronous, so that a second request or a closed panel is not missed in between. */
function fill({ panel, extension, session }: Place, shown: PanelRuns, deps: ResultsPanelDeps): void {
  const { connection, runs } = shown;
  panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'mlops.svg');
  const files = vscode.Uri.joinPath(extension, 'dist', 'webviews');
  panel.webview.options = { enableScripts: true, localResourceRoots: [files] };
  const filled = new ResultsPanel(panel, runs, deps);
  const { resultsPanels: open, shownViews } = session;
  shownViews.set(panel, panel.visible);
  panel.onDidChangeViewState(() => shownViews.set(panel, panel.visible));
  panel.onDidDispose(() => shownViews.set(panel, false));
  open.set(keyOf(shown), filled);
  panel.onDidDispose(() => {
    if (open.get(keyOf(shown)) === filled) open.delete(keyOf(shown));
  });
  // Last, so that the panel already listens when the page says that it is ready.
  const place = {
    at: (...parts: string[]) => panel.webview.asWebviewUri(vscode.Uri.joinPath(files, ...parts)).toString(),
    cspSource: panel.webview.cspSource,
  };
  panel.webview.html = panelHtml(place, {
    panel: 'results',
    title: runs.join(' '),
    data: { connection, runs: runs.join(' ') },
  });
}

async function panelDeps(services: Services, id: ConnectionId): Promise<ResultsPanelDeps> {
  const connection = connectionOf<OpenConnection>(services.connections, id);
  const noStore = (error: unknown): undefined => {
    services.log.warn(`The objects of ${connection.info.name}: ${failureOf(error).message}`);
  };
  const [backend, store] = await Promise.all([runsOf(connection), anyObjectsOf(connection).catch(noStore)]);
  return {
    backend,
    store,
    clock: services.clock,
    mayChange: () => vscode.workspace.isTrusted && !backend.connection.readOnly,
    fingerprints: new Map(),
    taskGraphs: new KnownGraphs(),
    onDidChange: connection.onDidChange,
    warn: (text) => services.log.warn(text),
    watchedRuns: services.session.watchedRuns,
    effects: effectsOf(services.session),
  };
}

const effectsOf = ({ pages }: Session): PanelEffects => ({
  command: (id, target) => void vscode.commands.executeCommand(id, target),
  copy(text) {
    void vscode.env.clipboard.writeText(text);
    mention('Copied as Markdown', 3000);
  },
  openText(content, language) {
    void vscode.workspace
      .openTextDocument({ content, language })
      .then((document) => vscode.window.showTextDocument(document));
  },
  openInBrowser: async (store, object) => openInBrowser(await pages(), store, object),
  tell: (failure) => void complain(failure),
});
