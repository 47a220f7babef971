import * as vscode from 'vscode';
import type { WorkspaceFiles } from '../core/ports/workspaceFiles.ts';
import { toToken } from './cancel.ts';

const pattern = (endings: readonly string[]) => `**/*{${endings.join(',')}}`;

/** The open folders' files, by the editor's own file search. */
export function createWorkspaceFiles(): WorkspaceFiles {
  return {
    async find(endings, limit, signal) {
      const found = await vscode.workspace.findFiles(
        pattern(endings),
        excludes(),
        limit + 1,
        toToken(signal),
      );
      const files = found
        .filter((uri) => uri.scheme === 'file')
        .slice(0, limit)
        .map((uri) => ({ path: uri.fsPath, label: vscode.workspace.asRelativePath(uri) }));
      return { files, cut: found.length > limit };
    },
    watch(endings, listener) {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern(endings));
      const folders = vscode.workspace.onDidChangeWorkspaceFolders(listener);
      watcher.onDidCreate(listener);
      watcher.onDidChange(listener);
      watcher.onDidDelete(listener);
      return () => vscode.Disposable.from(watcher, folders).dispose();
    },
    trusted: () => vscode.workspace.isTrusted,
  };
}

/** What the search leaves out: `files.exclude` and `search.exclude` together, which findFiles alone does not read. */
function excludes(): string | undefined {
  const configuration = vscode.workspace.getConfiguration();
  const globs = ['files.exclude', 'search.exclude'].flatMap((key) =>
    Object.entries(configuration.get<Record<string, unknown>>(key) ?? {})
      .filter(([, on]) => on === true)
      .map(([glob]) => glob),
  );
  return globs.length === 0 ? undefined : `{${[...new Set(globs)].join(',')}}`;
}
