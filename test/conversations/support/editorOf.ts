import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { SeededHome } from '../home/seedHome.ts';
import manifest from '../../../package.json' with { type: 'json' };

/** What the editor does with a modal: the button that the person presses, undefined when they leave. */
export type PressModal = (title: string, detail: string, buttons: readonly string[]) => string | undefined;

interface Editor {
  /** True where the person lets the editor approve our tools by itself. */
  readonly approved: boolean;
  readonly press: PressModal;
}

/** Makes the shim an editor with the seeded workspace open, and the manifest's defaults as its settings. */
export function openEditor(home: SeededHome, { approved, press }: Editor): void {
  const never = () => new vscode.Disposable(() => undefined);
  const watcher = { onDidChange: never, onDidCreate: never, onDidDelete: never, dispose: () => undefined };
  const modal = async (title: string, { detail }: { readonly detail: string }, ...buttons: string[]) =>
    press(title, detail, buttons);
  const defaults: { readonly [key: string]: unknown } = approved
    ? {}
    : manifest.contributes.configurationDefaults;
  const own: { readonly [key: string]: unknown } = { 'local.home': home.home };
  Object.assign(vscode.workspace, {
    workspaceFolders: [{ uri: vscode.Uri.file(home.workspace), name: 'workspace', index: 0 }],
    asRelativePath: (file: vscode.Uri | string) =>
      path.relative(home.workspace, typeof file === 'string' ? file : file.fsPath),
    findFiles: async (pattern: string) => filesIn(home.workspace, pattern),
    createFileSystemWatcher: () => watcher,
    getConfiguration: (section?: string) => ({
      get: (key: string) => defaults[[section, key].filter(Boolean).join('.')],
      inspect: (key: string) => ({ key, globalValue: own[key] }),
    }),
    onDidChangeConfiguration: never,
    onDidGrantWorkspaceTrust: never,
    onDidChangeWorkspaceFolders: never,
    onDidCreateFiles: never,
    onDidRenameFiles: never,
    onDidDeleteFiles: never,
  });
  Object.assign(vscode.window, { showWarningMessage: modal, showInformationMessage: modal });
  const extension = { id: 'mlops-chat.mlops-chat', extensionUri: vscode.Uri.file(home.extension) };
  const find = (id: string) => (id === extension.id ? extension : undefined);
  Object.assign(vscode.extensions, { getExtension: find });
}

/** The files of the workspace whose names end as the pattern names them. */
function filesIn(folder: string, pattern: string): readonly vscode.Uri[] {
  const endings = pattern.replaceAll(/^.*\*|[{}]/g, '').split(',');
  return readdirSync(folder)
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .map((name) => vscode.Uri.file(path.join(folder, name)));
}

/** The context that the extension is activated with. */
export function extensionContext(
  { extension }: SeededHome,
  workspaceState: vscode.Memento,
): vscode.ExtensionContext {
  const secrets = { get: async () => undefined, onDidChange: () => new vscode.Disposable(() => undefined) };
  const context = { subscriptions: [], extensionUri: vscode.Uri.file(extension), workspaceState, secrets };
  return context as unknown as vscode.ExtensionContext;
}
