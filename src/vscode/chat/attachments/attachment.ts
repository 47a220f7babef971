import * as vscode from 'vscode';
import type { LineRange } from '../../../core/text/lineWindow.ts';

/** Something that a sentence came with. */
export interface Attachment {
  /** How people call it: a path relative to its workspace folder, where it is a file. */
  readonly name: string;
  /** A file, a folder or another document; undefined for what is not one. */
  readonly uri?: vscode.Uri;
  /** What is selected of it. */
  readonly selected?: LineRange;
  /** The text itself, of what is no file. */
  readonly text?: string;
  /** True when nobody chose it for this sentence: the editor has it in front. */
  readonly inFront?: true;
  /** True when nothing but what is selected is meant. */
  readonly selectedAlone?: true;
  /** Where the sentence names it. */
  readonly place?: readonly [start: number, end: number];
}

/** Ids under which the editor gives what it has in front; the second stands for what happens to be in sight of it. */
const implicit = /^vscode\.implicit\b/;
const inSight = 'vscode.implicit.viewport';
/** Ids under which it gives what it tells each of its own agents. */
const notAttached = /^vscode\.(?:customizations|instructions)\b/;

/** What was attached to a request, in the order of the sentence; without what the editor has for agents of its own. */
export function attachmentsOf({ references }: Pick<vscode.ChatRequest, 'references'>): readonly Attachment[] {
  return references.filter(({ id }) => !notAttached.test(id)).map(attachmentOf);
}

/** Attachments without those that others are as well: a file that was attached twice, or with a selection, too. */
export function distinct(attachments: readonly Attachment[]): readonly Attachment[] {
  const key = ({ uri, name }: Attachment) => uri?.toString() ?? name;
  const selection = ({ selected }: Attachment) => JSON.stringify(selected);
  return attachments.filter((attachment, index) => {
    const same = attachments.filter((other) => key(other) === key(attachment));
    if (attachment.selected === undefined && same.some(({ selected }) => selected !== undefined))
      return false;
    return (
      attachments.findIndex((other) => same.includes(other) && selection(other) === selection(attachment)) ===
      index
    );
  });
}

function attachmentOf({ id, value, range }: vscode.ChatPromptReference): Attachment {
  const common = {
    ...(implicit.test(id) ? { inFront: true as const } : {}),
    ...(range === undefined ? {} : { place: range }),
  };
  if (value instanceof vscode.Uri) return { ...common, ...fileOf(value) };
  if (value instanceof vscode.Location)
    return { ...common, ...fileOf(value.uri, id === inSight ? undefined : value.range) };
  // The name that the editor has for it is its id: "screenshot.png".
  return typeof value === 'string' ? { ...common, name: id, text: value } : { ...common, name: id };
}

/** A file, and what is selected of it. */
export function fileOf(
  uri: vscode.Uri,
  range?: vscode.Range,
): Pick<Attachment, 'name' | 'uri' | 'selected'> & { readonly uri: vscode.Uri } {
  const name = vscode.workspace.asRelativePath(uri);
  if (range === undefined) return { name, uri };
  const { start, end } = range;
  // A selection of whole lines ends before the first character of the next one.
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return { name, uri, selected: { start: start.line, end: last } };
}
