import * as vscode from 'vscode';
import type { Services } from '../services.ts';

/** Vendor of our one provider, as the manifest names it. */
export const basicsVendor = 'mlops-basics';

const information: vscode.LanguageModelChatInformation = {
  id: 'mlops-basics',
  name: 'MLOps Basics',
  family: 'mlops-basics',
  version: '1',
  tooltip:
    'No AI and no account: understands plain sentences such as "list runs" or "run iris with max_depth 3".',
  detail: 'No AI',
  maxInputTokens: 100_000,
  maxOutputTokens: 50_000,
  capabilities: { toolCalling: true, imageInput: false },
};

/** Offers MLOps Basics in the editor's list of models. Its rules are loaded at the first sentence. */
export function registerBasics(context: vscode.ExtensionContext, services: Services): void {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.LanguageModelChatProvider = {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: () => [information],
    provideLanguageModelChatResponse: async (_model, messages, options, progress, token) => {
      const { respond } = await import('./respond.ts');
      progress.report(await respond(services, messages, options.tools ?? [], token));
    },
    provideTokenCount: async (_model, text) =>
      Math.ceil((typeof text === 'string' ? text : JSON.stringify(text.content)).length / 4),
  };
  context.subscriptions.push(changed, vscode.lm.registerLanguageModelChatProvider(basicsVendor, provider));
  // The editor looks for a provider's models only when told that they changed; without this the first @mlops has none.
  changed.fire();
}
