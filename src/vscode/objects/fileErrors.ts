import * as vscode from 'vscode';
import { toMlopsError } from '../../core/ports/mlopsError.ts';
import { literal } from '../../core/text/literal.ts';
import { sentences } from '../../core/text/sentences.ts';

/** An error as the editor's files have them; their text may stand in a notification of the editor. */
export function toFileError(error: unknown, uri: vscode.Uri): vscode.FileSystemError {
  if (error instanceof vscode.FileSystemError) return error;
  const { kind, message, hint } = toMlopsError(error);
  if (kind === 'notFound') return vscode.FileSystemError.FileNotFound(uri);
  const text = literal(sentences(message, hint));
  if (kind === 'forbidden' || kind === 'auth' || kind === 'unsupported')
    return vscode.FileSystemError.NoPermissions(text);
  return vscode.FileSystemError.Unavailable(text);
}
