// The extension with two marks, for the bench alone: when @mlops is entered, and when MLOps Basics is asked.
import * as vscode from 'vscode';
import { activate as activateExtension } from '../../src/vscode/extension.ts';

/** Read by the driver, which lives in the same extension host. */
interface Marks {
  entered?: number;
  asked?: number;
}

export function activate(context: vscode.ExtensionContext): void {
  const marks: Marks = {};
  Object.assign(globalThis, { mlopsBenchMarks: marks });
  const { createChatParticipant } = vscode.chat;
  const { registerLanguageModelChatProvider } = vscode.lm;
  Object.assign(vscode.chat, {
    createChatParticipant: (id: string, handler: vscode.ChatRequestHandler) =>
      createChatParticipant(id, (...turn) => {
        marks.entered = performance.now();
        delete marks.asked;
        return handler(...turn);
      }),
  });
  Object.assign(vscode.lm, {
    registerLanguageModelChatProvider(vendor: string, provider: vscode.LanguageModelChatProvider) {
      const answer = provider.provideLanguageModelChatResponse.bind(provider);
      provider.provideLanguageModelChatResponse = (...request) => {
        marks.asked ??= performance.now();
        return answer(...request);
      };
      return registerLanguageModelChatProvider(vendor, provider);
    },
  });
  activateExtension(context);
}
