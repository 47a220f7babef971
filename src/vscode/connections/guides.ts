import * as vscode from 'vscode';
import type { Guides } from '../../core/ports/guides.ts';
import { extensionUri } from '../extensionUri.ts';
import { once } from '../once.ts';

/** The guides that ship with the extension, read at the first search. */
export const openGuides: () => Promise<Guides> = once(async () => {
  const { createGuides } = await import('../../adapters/guides/guides.ts');
  return createGuides(vscode.Uri.joinPath(extensionUri(), 'resources', 'docs').fsPath);
});
