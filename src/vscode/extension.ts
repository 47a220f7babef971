import * as vscode from 'vscode';
import { registerChat } from './chat/registerChat.ts';
import { createLog } from './log.ts';
import { registerBasics } from './models/registerBasics.ts';
import { createServices } from './services.ts';
import { registerTools } from './tools/registerTools.ts';

/** Registers stubs; what they stand for is loaded when it is first used. */
export function activate(context: vscode.ExtensionContext): void {
  const services = createServices(context, createLog(context));
  // Chat and models can be switched off in the editor; the views and commands work alone.
  if (typeof vscode.lm?.registerTool === 'function') registerTools(context, services);
  if (typeof vscode.lm?.registerLanguageModelChatProvider === 'function') registerBasics(context);
  if (typeof vscode.chat?.createChatParticipant === 'function') registerChat(context, services);
}
