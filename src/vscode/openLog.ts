import * as vscode from 'vscode';
import type { Log } from '../core/ports/log.ts';
import { redact } from '../core/text/redact.ts';

/** Creates the output channel "MLOps Chat". It shows no secrets. */
export function openLog(context: vscode.ExtensionContext): Log {
  const channel = vscode.window.createOutputChannel('MLOps Chat', { log: true });
  context.subscriptions.push(channel);
  return redactedLog(channel);
}

/** A log that redacts its lines and writes them to another one. */
export function redactedLog(log: Log): Log {
  return {
    info: (message) => log.info(redact(message)),
    warn: (message) => log.warn(redact(message)),
    error: (message) => log.error(redact(message)),
  };
}
