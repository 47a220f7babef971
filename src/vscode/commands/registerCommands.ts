import * as vscode from 'vscode';
import type { Services } from '../services.ts';
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
        const { showFailure } = await import('./shared/showFailure.ts');
        showFailure(id, error, services);
        return undefined;
      }
    };
    context.subscriptions.push(vscode.commands.registerCommand(id, handle));
  }
}
