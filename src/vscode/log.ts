import type * as vscode from 'vscode';
import type { Log } from '../core/ports/log.ts';

/**
 * The output channel "MLOps Chat". It is created with the first line, which also loads the rules about secrets; until
 * then lines wait, in their order.
 */
export function createLog(context: vscode.ExtensionContext): Log {
  let opened: Promise<Log> | undefined;
  const open = async () => {
    const { openLog } = await import('./openLog.ts');
    return openLog(context);
  };
  const write = async (level: keyof Log, message: string) => {
    opened ??= open();
    (await opened)[level](message);
  };
  return {
    info: (message) => void write('info', message),
    warn: (message) => void write('warn', message),
    error: (message) => void write('error', message),
  };
}
