import * as vscode from 'vscode';
import { type Attachment, fileOf } from './attachment.ts';

const saysThisFile =
  /\bth(?:is|ese) (?:\w+ )?(?:file|pipeline|lines?|function|component|code|selection|script|notebook)\b/i;

/** True for a sentence about the file in front: "run this pipeline", "why does this line fail". */
export const isAboutFrontFile = (sentence: string): boolean => saysThisFile.test(sentence);

/** True for a sentence that points at something without naming it: "run this". */
export const pointsAtSomething = (sentence: string): boolean => /\bthis\b/i.test(sentence);

/** The file in front with what is selected in it, or for "this line" the line of the cursor; undefined where there is none. */
export function frontFile(sentence: string): Attachment | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.document.uri.scheme === 'output') return undefined;
  const { selection } = editor;
  const wanted = !selection.isEmpty || /\bthis (?:line|function|component)\b/i.test(sentence);
  return { ...fileOf(editor.document.uri, wanted ? selection : undefined), inFront: true };
}
