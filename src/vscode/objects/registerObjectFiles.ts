import * as vscode from 'vscode';
import { once } from '../once.ts';
import type { Services } from '../services.ts';
import { objectScheme } from '../uris.ts';

/** Registers objects as files of the editor. What reads and writes them is loaded at the first use. */
export function registerObjectFiles(context: vscode.ExtensionContext, services: Services): void {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const files = once(async () => {
    const { ObjectFiles } = await import('./objectFiles.ts');
    const opened = new ObjectFiles(services, changed);
    context.subscriptions.push(opened);
    return opened;
  });
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    // A store does not tell of changes; what is open is compared when somebody comes back to the window.
    watch: () => new vscode.Disposable(() => undefined),
    stat: async (uri) => (await files()).stat(uri),
    readDirectory: async (uri) => (await files()).readDirectory(uri),
    // A store has no folders, only keys with slashes.
    createDirectory: () => undefined,
    readFile: async (uri) => (await files()).readFile(uri),
    writeFile: async (uri, content, options) => (await files()).writeFile(uri, content, options),
    delete: async (uri) => (await files()).delete(uri),
    rename: () => {
      throw vscode.FileSystemError.NoPermissions('Objects are moved with MLOps: Move object…');
    },
  };
  context.subscriptions.push(
    changed,
    vscode.workspace.registerFileSystemProvider(objectScheme, provider, { isCaseSensitive: true }),
  );
}
