import * as vscode from 'vscode';
import { MlopsError } from '../core/ports/mlopsError.ts';

/** This extension, as the editor knows it. */
export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('mlops-chat.mlops-chat');
  if (found === undefined) throw new MlopsError('internal', 'The extension does not find its own files.');
  return found;
}

/** Where the extension's own files are. */
export function extensionUri(): vscode.Uri {
  return extension().extensionUri;
}
