import * as vscode from 'vscode';
import type { RunId } from '../../core/domain/run.ts';
import type { Services } from '../services.ts';

/** The type of the results panel, as package.json names it. */
export const resultsView = 'mlops.results';

/** Brings back the panels that were open when the window was reloaded. */
export function registerPanels(context: vscode.ExtensionContext, services: Services): void {
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(resultsView, {
      async deserializeWebviewPanel(panel, state: unknown) {
        const runs = keptRuns(state);
        if (runs.length === 0) return panel.dispose();
        const { fillPanel } = await import('./resultsPanels.ts');
        await fillPanel(services, context.extensionUri, panel, runs);
      },
    }),
  );
}

/** The runs that the page kept; none for anything that it never writes. */
function keptRuns(state: unknown): readonly RunId[] {
  const runs: unknown =
    typeof state === 'object' && state !== null && 'runs' in state ? state.runs : undefined;
  if (!Array.isArray(runs) || runs.length > 100) return [];
  return runs.filter((run): run is RunId => typeof run === 'string' && run.length > 0 && run.length < 300);
}
