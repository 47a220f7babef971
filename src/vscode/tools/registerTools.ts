import * as vscode from 'vscode';
import type { Json } from '../../core/domain/json.ts';
import type { Services } from '../services.ts';

/** Registers every tool of the manifest as a stub; the table is loaded at the first call. */
export function registerTools(context: vscode.ExtensionContext, services: Services): void {
  for (const name of manifestTools(context)) {
    const tool: vscode.LanguageModelTool<Json> = {
      prepareInvocation: async ({ input }, token) =>
        (await import('./invocation.ts')).prepareCall(services, name, input, token),
      invoke: async ({ input, toolInvocationToken }, token) => {
        const inChat = toolInvocationToken !== undefined;
        return (await import('./invocation.ts')).runCall(services, { name, input, inChat }, token);
      },
    };
    context.subscriptions.push(vscode.lm.registerTool(name, tool));
  }
}

function manifestTools(context: vscode.ExtensionContext): readonly string[] {
  const manifest: { contributes: { languageModelTools: readonly { name: string }[] } } =
    context.extension.packageJSON;
  return manifest.contributes.languageModelTools.map((tool) => tool.name);
}
