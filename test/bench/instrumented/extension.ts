// The extension with three marks, for the bench alone: @mlops is entered, it asks its model, and MLOps Basics is asked.
import * as vscode from 'vscode';
import { activate as activateExtension } from '../../../src/vscode/extension.ts';

/** Times of the last turn. Read by the driver, which lives in the same extension host. */
interface Marks {
  entered?: number;
  sent?: number;
  asked?: number;
}

const marks: Marks = {};
const mark = (name: keyof Marks) => void (marks[name] ??= performance.now());

export function activate(context: vscode.ExtensionContext): void {
  Object.assign(globalThis, { mlopsBenchMarks: marks });
  const { createChatParticipant } = vscode.chat;
  const { registerLanguageModelChatProvider } = vscode.lm;
  Object.assign(vscode.chat, {
    createChatParticipant: (id: string, handler: vscode.ChatRequestHandler) =>
      createChatParticipant(id, (request, ...rest) => {
        for (const name of ['entered', 'sent', 'asked'] as const) delete marks[name];
        mark('entered');
        return handler(Object.create(request, { model: { value: marked(request.model) } }), ...rest);
      }),
  });
  Object.assign(vscode.lm, {
    registerLanguageModelChatProvider(vendor: string, provider: vscode.LanguageModelChatProvider) {
      const answer = provider.provideLanguageModelChatResponse.bind(provider);
      provider.provideLanguageModelChatResponse = (...request) => {
        mark('asked');
        return answer(...request);
      };
      return registerLanguageModelChatProvider(vendor, provider);
    },
  });
  activateExtension(context);
}

function marked(model: vscode.LanguageModelChat): vscode.LanguageModelChat {
  const sendRequest: vscode.LanguageModelChat['sendRequest'] = (...request) => {
    mark('sent');
    return model.sendRequest(...request);
  };
  return Object.create(model, { sendRequest: { value: sendRequest } });
}
