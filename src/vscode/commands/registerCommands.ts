import { sentences } from '../../core/text/sentences.ts';
import * as vscode from 'vscode';
import type { Place } from '../../core/domain/pipeline.ts';
import { toMlopsError } from '../../core/ports/mlopsError.ts';
import type { Services } from '../services.ts';
import { complain, inform } from '../window/messages.ts';
import { commands } from './table.ts';

/** Registers every command. Handlers are loaded at the first call. */
export function registerCommands(context: vscode.ExtensionContext, services: Services): void {
  for (const [id, load] of Object.entries(commands)) {
    const handle = async (...args: unknown[]) => {
      try {
        return await (
          await load(services)
        )(...args);
      } catch (error) {
        showFailure(id, error, services);
        return undefined;
      }
    };
    context.subscriptions.push(vscode.commands.registerCommand(id, handle));
  }
}

/** Tells the person what failed in their command, unless they cancelled it. */
function showFailure(command: string, error: unknown, { log }: Services): void {
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
