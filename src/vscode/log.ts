import * as vscode from 'vscode';
import type { Log } from '../core/ports/log.ts';

const secret =
  /((?:authorization|token|password|passwd|secret|api[_-]?key|access[_-]?key)["']?\s*[:=]\s*["']?(?:bearer\s+)?)[^\s"',;&]+/gi;

/** The output channel "MLOps Chat", made at the first line; what looks like a secret is left out. */
export function createLog(context: vscode.ExtensionContext): Log {
  let channel: vscode.LogOutputChannel | undefined;
  const open = () => {
    if (channel === undefined) {
      channel = vscode.window.createOutputChannel('MLOps Chat', { log: true });
      context.subscriptions.push(channel);
    }
    return channel;
  };
  const clean = (message: string) => message.replace(secret, '$1…');
  return {
    info: (message) => open().info(clean(message)),
    warn: (message) => open().warn(clean(message)),
    error: (message) => open().error(clean(message)),
  };
}
