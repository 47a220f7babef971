import * as vscode from 'vscode';
import { MlopsError } from '../../core/ports/mlopsError.ts';

/** Copies the sample pipeline into the open folder, or into a new one that is then opened. */
export async function openSample(): Promise<void> {
  const sample = sampleFolder();
  const target = await chooseTarget();
  if (target === undefined) return;
  const copy = await freeName(target.parent, 'iris');
  await vscode.workspace.fs.createDirectory(copy);
  for (const [name, type] of await vscode.workspace.fs.readDirectory(sample)) {
    if (type !== vscode.FileType.File || name.startsWith('.')) continue;
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(sample, name), vscode.Uri.joinPath(copy, name));
  }
  if (target.open)
    await vscode.commands.executeCommand('vscode.openFolder', copy, { forceReuseWindow: true });
  else await vscode.window.showTextDocument(vscode.Uri.joinPath(copy, 'iris.py'));
}

interface CopyTarget {
  readonly parent: vscode.Uri;
  /** True: the copy becomes the window's folder. */
  readonly open: boolean;
}

async function chooseTarget(): Promise<CopyTarget | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const here = folders.map((folder) => ({
    label: `$(new-folder) Copy it into ${folder.name}`,
    detail: 'A folder "iris" with the pipeline as Python and as YAML',
    parent: folder.uri,
  }));
  const elsewhere = {
    label: '$(folder-opened) Copy it into another folder and open that',
    detail: '',
    parent: undefined,
  };
  const title = 'The sample pipeline iris';
  const picked =
    here.length === 0 ? elsewhere : await vscode.window.showQuickPick([...here, elsewhere], { title });
  if (picked === undefined) return undefined;
  if (picked.parent !== undefined) return { parent: picked.parent, open: false };
  const [parent] = (await vscode.window.showOpenDialog(dialog)) ?? [];
  return parent === undefined ? undefined : { parent, open: true };
}

const dialog: vscode.OpenDialogOptions = {
  canSelectFiles: false,
  canSelectFolders: true,
  title: 'Where to put the sample',
  openLabel: 'Copy here',
};

/** `iris`, or `iris-2` and on: what is there is never written over. */
async function freeName(parent: vscode.Uri, name: string): Promise<vscode.Uri> {
  for (let number = 1; number <= 100; number += 1) {
    const uri = vscode.Uri.joinPath(parent, number === 1 ? name : `${name}-${number}`);
    if (!(await exists(uri))) return uri;
  }
  throw new MlopsError('conflict', `There are already 100 copies of the sample in ${parent.fsPath}.`);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

function sampleFolder(): vscode.Uri {
  const extension = vscode.extensions.getExtension('mlops-chat.mlops-chat');
  if (extension === undefined) throw new MlopsError('internal', 'The extension does not find its own files.');
  return vscode.Uri.joinPath(extension.extensionUri, 'resources', 'samples', 'iris');
}
