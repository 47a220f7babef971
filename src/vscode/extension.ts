import * as vscode from 'vscode';
import { registerChat } from './chat/registerChat.ts';
import { registerCode } from './code/registerCode.ts';
import { registerCommands } from './commands/registerCommands.ts';
import { registerDocuments } from './documents/registerDocuments.ts';
import { createLog } from './log.ts';
import { registerBasics } from './models/registerBasics.ts';
import { registerNotifications } from './notifications/registerNotifications.ts';
import { createServices, type Services } from './services.ts';
import { registerObjectFiles } from './objects/registerObjectFiles.ts';
import { registerPanels } from './panels/registerPanels.ts';
import { registerStatus } from './status/registerStatus.ts';
import { registerTools } from './tools/registerTools.ts';
import { registerSidebar } from './trees/registerSidebar.ts';

/** Registers stubs; their implementations are loaded at first use. */
export function activate(context: vscode.ExtensionContext): void {
  const services = createServices(context, createLog(context));
  registerSidebar(context, services);
  registerStatus(context, services);
  registerCommands(context, services);
  registerDocuments(context, services);
  registerObjectFiles(context, services);
  registerCode(context, services);
  registerPanels(context, services);
  registerNotifications(context, services);
  // Chat and models may be switched off in the editor; views and commands work without them.
  if (typeof vscode.lm?.registerTool === 'function') registerTools(context, services);
  if (typeof vscode.lm?.registerLanguageModelChatProvider === 'function') registerBasics(context, services);
  if (typeof vscode.chat?.createChatParticipant === 'function') registerChat(context, services);
  // After activation, for which every start of the editor waits.
  setImmediate(() => void followActiveRuns(services));
  if (process.env['MLOPS_FIRST_WINDOW'] === '1') setImmediate(() => void beginFirstWindow(context));
}

async function beginFirstWindow(context: vscode.ExtensionContext): Promise<void> {
  const { showFirstWindow } = await import('./firstWindow.ts');
  await showFirstWindow(context);
}

/** Follows each connection that has an active run from an earlier window. */
async function followActiveRuns({ connections, log }: Services): Promise<void> {
  for (const { backend, info, mayHaveActiveRuns } of connections.all)
    try {
      if (await mayHaveActiveRuns()) await backend?.();
    } catch (error) {
      log.warn(`${info.name}: ${String(error)}`);
    }
}
