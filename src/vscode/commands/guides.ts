import * as vscode from 'vscode';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { extensionUri } from '../extensionUri.ts';
import type { Handler } from './command.ts';

/** A section of a guide: the name of its file, and the line of its heading, from 1. */
export interface GuidePlace {
  readonly page: string;
  readonly line: number;
}

/** Opens a guide at a heading. */
export function openGuide(): Handler {
  return async (place) => {
    if (!isGuidePlace(place)) throw new MlopsError('invalid', 'This is no place in a guide.');
    const uri = vscode.Uri.joinPath(extensionUri(), 'resources', 'docs', place.page);
    const start = new vscode.Position(place.line - 1, 0);
    await vscode.window.showTextDocument(uri, { preview: true, selection: new vscode.Range(start, start) });
  };
}

function isGuidePlace(place: unknown): place is GuidePlace {
  if (typeof place !== 'object' || place === null) return false;
  const { page, line } = place as { readonly [name: string]: unknown };
  return typeof page === 'string' && /^[\w-]+\.md$/.test(page) && Number.isInteger(line) && Number(line) > 0;
}
