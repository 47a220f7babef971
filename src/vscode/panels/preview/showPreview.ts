import * as vscode from 'vscode';
import { connectionOf, objectsOf } from '../../../core/connections/findConnection.ts';
import { placeName } from '../../../core/connections/placeName.ts';
import type { FromPreview, ToPreview } from '../../../webviews/preview/contract.ts';
import { previewReaders } from '../../connections/previewReaders.ts';
import type { OpenConnection } from '../../connections/openConnection.ts';
import { deadline } from '../../deadline.ts';
import { extensionUri } from '../../extensionUri.ts';
import type { Services } from '../../services.ts';
import { openInBrowser } from '../openInBrowser.ts';
import { panelHtml } from '../panelHtml.ts';
import { type PreviewedObject, previewView } from '../registerPanels.ts';
import { fromPreview } from './fromPreview.ts';
import { readPlot, readShown, type ShownDeps } from './readShown.ts';

/** Shows the preview of an object. */
export async function showPreview(services: Services, object: PreviewedObject): Promise<void> {
  const name = object.key.split('/').at(-1) ?? object.key;
  const panel = vscode.window.createWebviewPanel(previewView, name, vscode.ViewColumn.Active);
  await fillPreview(services, panel, object);
}

/** Fills a panel, also one that the editor restored after a reload. */
export async function fillPreview(
  services: Services,
  panel: vscode.WebviewPanel,
  object: PreviewedObject,
): Promise<void> {
  const connection = connectionOf<OpenConnection>(services.connections, object.connection);
  const deps: ShownDeps = {
    store: await objectsOf(connection),
    readers: previewReaders,
    place: placeName(services.connections, connection.info),
  };
  const files = vscode.Uri.joinPath(extensionUri(), 'dist', 'webviews');
  panel.iconPath = vscode.Uri.joinPath(extensionUri(), 'media', 'mlops.svg');
  panel.webview.options = { enableScripts: true, localResourceRoots: [files] };
  const closed = new AbortController();
  panel.onDidDispose(() => closed.abort());
  const post = (message: ToPreview) => {
    // The editor throws when a closed panel is used.
    if (!closed.signal.aborted) void panel.webview.postMessage(message);
  };
  panel.webview.onDidReceiveMessage((given: unknown) => {
    const message = fromPreview(given);
    if (message === undefined) services.log.warn('The preview sent something that it never sends.');
    else void act(message, { services, object, deps, post, closed: closed.signal });
  });
  const place = {
    at: (...parts: string[]) => panel.webview.asWebviewUri(vscode.Uri.joinPath(files, ...parts)).toString(),
    cspSource: panel.webview.cspSource,
  };
  // Last, so that the panel already listens when the page says that it is ready.
  panel.webview.html = panelHtml(place, { panel: 'preview', title: object.key, data: { ...object } });
}

interface Acting {
  readonly services: Services;
  readonly object: PreviewedObject;
  readonly deps: ShownDeps;
  readonly post: (message: ToPreview) => void;
  /** Aborts when the panel is closed. */
  readonly closed: AbortSignal;
}

async function act(message: FromPreview, { services, object, deps, post, closed }: Acting): Promise<void> {
  const signal = AbortSignal.any([closed, deadline()]);
  switch (message.type) {
    case 'ready':
      return post(await readShown(object, deps, signal));
    case 'draw':
      return post(await readPlot(object, message, deps, signal));
    case 'open':
      return void vscode.commands.executeCommand('mlops.openObject', object);
    case 'openInBrowser':
      return openInBrowser(await services.session.pages(), deps.store, object);
  }
}
