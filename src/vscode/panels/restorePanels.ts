import type * as vscode from 'vscode';
import type { Services } from '../services.ts';
import { keptObject, keptRuns } from './kept.ts';
import { fillPreview } from './preview/showPreview.ts';
import { fillPanel } from './resultsPanels.ts';

/** Fills a results panel that the editor restored, with the runs that its page kept. */
export async function restoreResults(
  services: Services,
  extension: vscode.Uri,
  panel: vscode.WebviewPanel,
  state: unknown,
): Promise<void> {
  const shown = keptRuns(state);
  if (shown === undefined) return void panel.dispose();
  await fillPanel(services, extension, panel, shown);
}

/** Fills a preview that the editor restored, of the object that its page kept. */
export async function restorePreview(
  services: Services,
  panel: vscode.WebviewPanel,
  state: unknown,
): Promise<void> {
  const object = keptObject(state);
  if (object === undefined) return void panel.dispose();
  await fillPreview(services, panel, object);
}
