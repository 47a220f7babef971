import * as vscode from 'vscode';
import type { Place } from '../../../core/domain/pipeline.ts';
import { toMlopsError } from '../../../core/ports/mlopsError.ts';
import { sentences } from '../../../core/text/sentences.ts';
import type { Services } from '../../services.ts';
import { complain, inform } from '../../window/messages.ts';

/** Tells the person what failed in their command, unless they cancelled it. */
export function showFailure(command: string, error: unknown, { log }: Services): void {
  const { kind, message, hint, place } = toMlopsError(error);
  if (kind === 'cancelled') return;
  log.warn(`${command}: ${message}`);
  const text = sentences(message, hint);
  // Having nothing to act on is no error.
  if (kind === 'notFound') void inform(text);
  else if (place === undefined) void complain(text);
  else void complain(text, goToLine).then((picked) => picked && open(place));
}

const goToLine = 'Go to line';

function open({ file, line = 1 }: Place): Thenable<unknown> {
  const selection = new vscode.Range(line - 1, 0, line - 1, 0);
  return vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file), { selection });
}
