import * as vscode from 'vscode';
import type { Services } from '../services.ts';

/** The participant's id, as the manifest names it. */
export const participantId = 'mlops-chat.mlops';

/** Registers `@mlops`. What answers is loaded at the first sentence. Does nothing where the editor has no chat. */
export function registerChat(context: vscode.ExtensionContext, services: Services): void {
  const participant = vscode.chat.createChatParticipant(participantId, async (request, chat, stream, token) =>
    (await import('./handler.ts')).handle(services, request, chat, stream, token),
  );
  participant.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media', 'mlops.svg');
  participant.followupProvider = {
    provideFollowups: async (result) => (await import('./memory.ts')).offered(result.metadata),
  };
  context.subscriptions.push(participant);
}
