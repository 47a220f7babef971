import * as vscode from 'vscode';
import { toMlopsError } from '../../core/ports/mlopsError.ts';
import type { Services } from '../services.ts';
import { commands } from './table.ts';

/** Registers every command. What one does is loaded when it is first called. */
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

/** What went wrong in the person's own command is said to them; what they cancelled is not. */
function showFailure(command: string, error: unknown, { log }: Services): void {
  const { kind, message, hint } = toMlopsError(error);
  if (kind === 'cancelled') return;
  log.warn(`${command}: ${message}`);
  void vscode.window.showErrorMessage(hint === undefined ? message : `${message} ${hint}`);
}
