import * as vscode from 'vscode';
import type { ConnectionId } from '../../core/domain/connection.ts';
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
        const { restoreResults } = await import('./restorePanels.ts');
        await restoreResults(services, context.extensionUri, panel, state);
      },
    }),
    vscode.window.registerWebviewPanelSerializer(previewView, {
      async deserializeWebviewPanel(panel, state: unknown) {
        const { restorePreview } = await import('./restorePanels.ts');
        await restorePreview(services, panel, state);
      },
    }),
  );
}
