import * as path from 'node:path';
import * as vscode from 'vscode';
import type { NamedSourceFiles } from '../../core/ports/sourceFiles.ts';

const largestFile = 1_000_000;
const mostFiles = 500;
/** Folders that are not searched: a virtual environment alone has thousands of files. */
const others = '**/{.*,site-packages,node_modules,__pycache__}/**';

/** Files with their unsaved changes in the editor. */
export const editorFiles: NamedSourceFiles = {
  label: (file) => vscode.workspace.asRelativePath(file),
  async text(file) {
    const open = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.scheme === 'file' && uri.fsPath === file,
    );
    if (open !== undefined) return open.getText();
    const uri = vscode.Uri.file(file);
    try {
      if ((await vscode.workspace.fs.stat(uri)).size > largestFile) return undefined;
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    } catch {
      return undefined;
    }
  },
  async pythonIn(folder) {
    try {
      const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.file(folder));
      return entries.map(([name]) => path.join(folder, name)).filter((file) => file.endsWith('.py'));
    } catch {
      return [];
    }
  },
  async python() {
    const uris = await vscode.workspace.findFiles('**/*.py', others, mostFiles);
    return uris.filter((uri) => uri.scheme === 'file').map((uri) => uri.fsPath);
  },
};
