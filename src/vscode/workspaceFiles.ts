import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { WorkspaceFiles } from '../core/ports/workspaceFiles.ts';
import { toToken } from './cancel.ts';

const pattern = (endings: readonly string[]) => `**/*{${endings.join(',')}}`;

/** The open folders' files, found by the editor's own file search. */
export function createWorkspaceFiles(): WorkspaceFiles {
  /** The last results, by the requested endings. */
  const byFolder = new Map<string, readonly string[]>();
  const held = (folder: vscode.Uri): boolean => {
    const start = folder.fsPath + path.sep;
    return [...byFolder.values()].flat().some((file) => file.startsWith(start));
  };
  return {
    async find(endings, limit, signal) {
      const all = await vscode.workspace.findFiles(pattern(endings), excludes(), limit + 1, toToken(signal));
      const files = all
        .filter((uri) => uri.scheme === 'file')
        .slice(0, limit)
        .map((uri) => ({ path: uri.fsPath, label: vscode.workspace.asRelativePath(uri) }));
      byFolder.set(
        endings.join(),
        files.map((file) => file.path),
      );
      return { files, cut: all.length > limit };
    },
    watch(endings, listener) {
      const isOne = (uri: vscode.Uri) => endings.includes(path.extname(uri.fsPath));
      // For a whole folder that was created or deleted, the editor may report only the folder.
      const watcher = vscode.workspace.createFileSystemWatcher('**');
      const all = [
        watcher,
        watcher.onDidChange((uri) => isOne(uri) && listener()),
        watcher.onDidDelete((uri) => (isOne(uri) || held(uri)) && listener()),
        watcher.onDidCreate(async (uri) => (isOne(uri) || (await isFolder(uri))) && listener()),
        // Files that this window creates are reported here, since the watcher may take half a minute to start.
        vscode.workspace.onDidCreateFiles(listener),
        vscode.workspace.onDidRenameFiles(listener),
        vscode.workspace.onDidDeleteFiles(listener),
        vscode.workspace.onDidChangeWorkspaceFolders(listener),
      ];
      return () => vscode.Disposable.from(...all).dispose();
    },
    folders: () =>
      (vscode.workspace.workspaceFolders ?? [])
        .filter(({ uri }) => uri.scheme === 'file')
        .map(({ uri }) => uri.fsPath),
    trusted: () => vscode.workspace.isTrusted,
  };
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  return stat(uri.fsPath).then(
    (entry) => entry.isDirectory(),
    () => false, // gone again
  );
}

/** The excludes of the search: `files.exclude` and `search.exclude` together, which findFiles alone does not read. */
function excludes(): string | undefined {
  const configuration = vscode.workspace.getConfiguration();
  const globs = ['files.exclude', 'search.exclude'].flatMap((key) =>
    Object.entries(configuration.get<Record<string, unknown>>(key) ?? {})
      .filter(([, on]) => on === true)
      .map(([glob]) => glob),
  );
  return globs.length === 0 ? undefined : `{${[...new Set(globs)].join(',')}}`;
}
