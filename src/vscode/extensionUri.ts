import * as vscode from 'vscode';
import { MlopsError } from '../core/ports/mlopsError.ts';

/** This extension in the editor. */
export function extension(): vscode.Extension<unknown> {
  const own = vscode.extensions.getExtension('mlops-chat.mlops-chat');
  if (own === undefined) throw new MlopsError('internal', 'The extension does not find its own files.');
  return own;
}

/** The folder of the extension's files. */
export function extensionUri(): vscode.Uri {
  return extension().extensionUri;
}
