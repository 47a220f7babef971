import * as vscode from 'vscode';
import type { Log } from '../core/ports/log.ts';
import { redact } from '../core/text/redact.ts';

/** The output channel "MLOps Chat", created with the first line. It shows no secrets. */
export function createLog(context: vscode.ExtensionContext): Log {
  let channel: vscode.LogOutputChannel | undefined;
  return redactedLog(() => {
    if (channel === undefined) {
      channel = vscode.window.createOutputChannel('MLOps Chat', { log: true });
      context.subscriptions.push(channel);
    }
    return channel;
  });
}

/** A log that redacts its lines and writes them to another one. */
export function redactedLog(open: () => Log): Log {
  return {
    info: (message) => open().info(redact(message)),
    warn: (message) => open().warn(redact(message)),
    error: (message) => open().error(redact(message)),
  };
}
