import * as vscode from 'vscode';
import * as z from 'zod';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { literal } from '../../core/text/literal.ts';
import { extensionUri } from '../extensionUri.ts';
import { exists } from './shared/workspaceFolder.ts';

/** Opens the walkthrough from a failure to a good run. */
export async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand(
    'workbench.action.openWalkthrough',
    'mlops-chat.mlops-chat#start',
    false,
  );
}

const argument = z.object({ sample: z.string().max(200) });

/**
 * Copies a sample (`{sample}`, or one that the person picks) into the open folder, or into a new one that is then opened. An
 * untouched copy of the given sample is opened instead.
 */
export async function openSample(...args: unknown[]): Promise<void> {
  const named = argument.safeParse(args[0]).data?.sample;
  const sample = await chooseSample(named);
  const there = sample && named !== undefined ? await untouchedCopy(sample) : undefined;
  if (there !== undefined) return showCopy(there);
  const target = sample && (await chooseTarget(sample));
  if (sample === undefined || target === undefined) return;
  const copy = await freeName(target.parent, sample.name);
  const edit = new vscode.WorkspaceEdit();
  for (const name of await filesOf(sample)) {
    const contents = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(sample.folder, name));
    edit.createFile(vscode.Uri.joinPath(copy, name), { contents, overwrite: false });
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new MlopsError('conflict', `The sample could not be copied to ${copy.fsPath}.`, {
      hint: 'See whether the folder can be written to.',
    });
  }
  if (target.open)
    await vscode.commands.executeCommand('vscode.openFolder', copy, { forceReuseWindow: true });
  else await showCopy(vscode.Uri.joinPath(copy, sample.main));
}

async function showCopy(main: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(main, { preview: false });
  void vscode.commands.executeCommand('setContext', 'mlops.sampleCopied', true);
}

/** The main file of an untouched copy of the sample in an open folder. */
async function untouchedCopy({ name, folder, main }: Sample): Promise<vscode.Uri | undefined> {
  const original = await textOf(vscode.Uri.joinPath(folder, main));
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    const copy = vscode.Uri.joinPath(uri, name, main);
    if ((await exists(copy)) && (await textOf(copy)) === original) return copy;
  }
  return undefined;
}

async function textOf(file: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}

async function chooseSample(name: string | undefined): Promise<Sample | undefined> {
  const all = await samples();
  const named = all.find((sample) => sample.name === name);
  if (named !== undefined) return named;
  const items = all.map((sample) => ({ label: literal(sample.name), detail: literal(sample.about), sample }));
  const title = 'Copy which sample?';
  return (await vscode.window.showQuickPick(items, { title, matchOnDetail: true }))?.sample;
}

interface CopyTarget {
  readonly parent: vscode.Uri;
  /** True: the copy becomes the window's folder. */
  readonly open: boolean;
}

async function chooseTarget({ name }: Sample): Promise<CopyTarget | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const here = folders.map((folder) => ({
    label: `$(new-folder) Copy it into ${literal(folder.name)}`,
    detail: `A folder "${name}" with the pipeline`,
    parent: folder.uri,
  }));
  const elsewhere = {
    label: '$(folder-opened) Copy it into another folder and open that',
    detail: '',
    parent: undefined,
  };
  const title = `The sample pipeline ${name}`;
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

/** `iris`, or `iris-2` and so on: nothing is overwritten. */
async function freeName(parent: vscode.Uri, name: string): Promise<vscode.Uri> {
  for (let number = 1; number <= 100; number += 1) {
    const uri = vscode.Uri.joinPath(parent, number === 1 ? name : `${name}-${number}`);
    if (!(await exists(uri))) return uri;
  }
  throw new MlopsError('conflict', `There are already 100 copies of the sample in ${parent.fsPath}.`);
}

/** A sample that comes with the extension: a folder with a pipeline. */
interface Sample {
  readonly name: string;
  readonly folder: vscode.Uri;
  /** A description in one line: the beginning of its readme, or of its Python file. */
  readonly about: string;
  /** The file to open first. */
  readonly main: string;
}

/** Every sample, by name. */
async function samples(): Promise<readonly Sample[]> {
  const root = vscode.Uri.joinPath(extensionUri(), 'resources', 'samples');
  const entries = await vscode.workspace.fs.readDirectory(root);
  const folders = entries.filter(([name, type]) => type === vscode.FileType.Directory && isShown(name));
  const all = await Promise.all(folders.map(([name]) => sampleIn(name, vscode.Uri.joinPath(root, name))));
  return all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The files of a sample that are copied. */
async function filesOf({ folder }: Sample): Promise<readonly string[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  return entries.flatMap(([name, type]) => (type === vscode.FileType.File && isShown(name) ? [name] : []));
}

async function sampleIn(name: string, folder: vscode.Uri): Promise<Sample> {
  const files = await filesOf({ name, folder, about: '', main: '' });
  const main = files.find((file) => file.endsWith('.py')) ?? files[0] ?? '';
  const readme = files.find((file) => /^readme\.md$/i.test(file)) ?? main;
  const text = new TextDecoder().decode(
    await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, readme)),
  );
  return { name, folder, about: firstWords(text), main };
}

/** The first line of text, without the marks of a heading or a docstring, and without a name before a colon. */
export function firstWords(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^[#\s"']+|["'\s]+$/g, ''));
  const first = lines.find((line) => line !== '') ?? '';
  return first.replace(/^[\w -]{1,30}: /, '');
}

function isShown(name: string): boolean {
  return !name.startsWith('.') && !name.startsWith('__');
}
