import * as vscode from 'vscode';
import { MlopsError } from '../core/ports/mlopsError.ts';

/** Where the extension's own files are. */
export function extensionUri(): vscode.Uri {
  const extension = vscode.extensions.getExtension('mlops-chat.mlops-chat');
  if (extension === undefined) throw new MlopsError('internal', 'The extension does not find its own files.');
  return extension.extensionUri;
}
