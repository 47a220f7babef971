import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { errorCode, throwIfAborted, toMlopsError } from '../../../core/ports/mlopsError.ts';
import { linesOf, lineWindow, type LineRange, type LineWindow } from '../../../core/text/lineWindow.ts';
import type { Attachment } from './attachment.ts';

/** What is in an attachment: lines, files, or nothing that a model could read, and why. */
export type Content =
  | ({ readonly kind: 'lines' } & LineWindow)
  | { readonly kind: 'folder'; readonly uri: vscode.Uri }
  | { readonly kind: 'none'; readonly why: string };

/** What is longer is cut: nobody writes such lines, and one alone would take all the room. */
const longestLine = 1000;
/** The most of what is no file on this machine, and can only be read whole, in bytes. */
const largestWhole = 1_000_000;

/** Reads an attachment as far as there is room for it, in characters: a large file is not read whole. */
export async function readAttachment(
  { uri, selected = { start: 0, end: 0 }, text }: Attachment,
  most: number,
  signal: AbortSignal,
): Promise<Content> {
  try {
    if (text !== undefined) return await windowOf([text.split('\n')], selected, most);
    if (uri === undefined) return { kind: 'none', why: 'it is no text' };
    const open = vscode.workspace.textDocuments.find(
      (document) => document.uri.toString() === uri.toString(),
    );
    if (open !== undefined) return await windowOf(linesOfDocument(open), selected, most);
    return uri.scheme === 'file'
      ? await readFile(uri, selected, most, signal)
      : await readOther(uri, selected, most);
  } catch (error) {
    throwIfAborted(signal);
    return { kind: 'none', why: reasonOf(error) };
  }
}

async function readFile(uri: vscode.Uri, selected: LineRange, most: number, signal: AbortSignal) {
  const entry = await stat(uri.fsPath);
  if (entry.isDirectory()) return { kind: 'folder', uri } as const;
  // A pipe or a device would wait, or never end.
  if (!entry.isFile()) return { kind: 'none', why: 'it is neither a file nor a folder' } as const;
  return windowOf(linesOf(createReadStream(uri.fsPath, { signal }), longestLine), selected, most);
}

/** What the editor alone can read: a file of a virtual workspace, a result of another extension. */
async function readOther(uri: vscode.Uri, selected: LineRange, most: number): Promise<Content> {
  const { type, size } = await vscode.workspace.fs.stat(uri);
  if ((type & vscode.FileType.Directory) !== 0) return { kind: 'folder', uri };
  if (size > largestWhole) return { kind: 'none', why: 'it is larger than 1 MB and not on this machine' };
  const bytes = await vscode.workspace.fs.readFile(uri);
  const content = (async function* () {
    yield bytes;
  })();
  return windowOf(linesOf(content, longestLine), selected, most);
}

async function windowOf(
  lines: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  selected: LineRange,
  most: number,
): Promise<Content> {
  return { kind: 'lines', ...(await lineWindow(lines, selected, most)) };
}

/** A document as the editor has it, what is not saved yet included. */
function* linesOfDocument(document: vscode.TextDocument): Generator<readonly string[]> {
  for (let line = 0; line < document.lineCount; line += 1) {
    const { text } = document.lineAt(line);
    yield [text.length > longestLine ? `${text.slice(0, longestLine)}…` : text];
  }
}

function reasonOf(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'FileNotFound') return 'it is not there';
  if (code === 'EACCES' || code === 'EPERM' || code === 'NoPermissions') return 'it may not be read';
  return toMlopsError(error).kind === 'unsupported' ? 'it is not text' : 'it cannot be read';
}
