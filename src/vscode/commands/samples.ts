import * as vscode from 'vscode';
import { extensionUri } from '../extensionUri.ts';

/** A sample that comes with the extension: a folder with a pipeline. */
export interface Sample {
  readonly name: string;
  readonly folder: vscode.Uri;
  /** What it is, in a line: the beginning of its readme, or of its Python file. */
  readonly about: string;
  /** The file to open first. */
  readonly main: string;
}

/** Every sample, by name. */
export async function samples(): Promise<readonly Sample[]> {
  const root = vscode.Uri.joinPath(extensionUri(), 'resources', 'samples');
  const entries = await vscode.workspace.fs.readDirectory(root);
  const folders = entries.filter(([name, type]) => type === vscode.FileType.Directory && isShown(name));
  const all = await Promise.all(folders.map(([name]) => sampleIn(name, vscode.Uri.joinPath(root, name))));
  return all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The files of a sample that are copied. */
export async function filesOf({ folder }: Sample): Promise<readonly string[]> {
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

/** The first line that says something, without what makes it a heading or a docstring, and the name before a colon. */
export function firstWords(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^[#\s"']+|["'\s]+$/g, ''));
  const first = lines.find((line) => line !== '') ?? '';
  return first.replace(/^[\w -]{1,30}: /, '');
}

function isShown(name: string): boolean {
  return !name.startsWith('.') && !name.startsWith('__');
}
