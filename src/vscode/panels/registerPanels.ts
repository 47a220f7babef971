import * as vscode from 'vscode';
import { type ConnectionId, thisMachine } from '../../core/domain/connection.ts';
import { isJsonObject } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import type { RunId } from '../../core/domain/run.ts';
import type { Services } from '../services.ts';

/** The type of the results panel, as package.json names it. */
export const resultsView = 'mlops.results';

/** The type of the panel with a preview, as package.json names it. */
export const previewView = 'mlops.preview';

/** An object of one connection. */
export interface PreviewedObject {
  readonly connection: ConnectionId;
  readonly bucket: string;
  readonly key: string;
}

/** Runs of one connection. */
export interface PanelRuns {
  readonly connection: ConnectionId;
  readonly runs: readonly RunId[];
}

/** Restores the panels that were open when the window was reloaded. */
export function registerPanels(context: vscode.ExtensionContext, services: Services): void {
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(resultsView, {
      async deserializeWebviewPanel(panel, state: unknown) {
        const shown = keptRuns(state);
        if (shown === undefined) return panel.dispose();
        const { fillPanel } = await import('./resultsPanels.ts');
        await fillPanel(services, context.extensionUri, panel, shown);
      },
    }),
    vscode.window.registerWebviewPanelSerializer(previewView, {
      async deserializeWebviewPanel(panel, state: unknown) {
        const object = keptObject(state);
        if (object === undefined) return panel.dispose();
        const { fillPreview } = await import('./preview/showPreview.ts');
        await fillPreview(services, panel, object);
      },
    }),
  );
}

/** The object that the page kept, with its connection; undefined for anything else. */
export function keptObject(state: unknown): PreviewedObject | undefined {
  if (!isJsonObject(state)) return undefined;
  const [connection, bucket, key] = [own(state, 'connection'), own(state, 'bucket'), own(state, 'key')];
  if (!isName(connection) || !isName(bucket) || typeof key !== 'string' || key.length > 2000)
    return undefined;
  return { connection: connection as ConnectionId, bucket, key };
}

/** The runs that the page kept, with their connection (0.1.0 kept none); undefined for anything else. */
export function keptRuns(state: unknown): PanelRuns | undefined {
  if (!isJsonObject(state)) return undefined;
  const [connection = thisMachine, runs] = [own(state, 'connection'), own(state, 'runs')];
  if (!Array.isArray(runs) || runs.length > 100 || !isName(connection)) return undefined;
  const ids = runs.filter(isName).map((run) => run as RunId);
  return ids.length === 0 ? undefined : { connection: connection as ConnectionId, runs: ids };
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length < 300;
