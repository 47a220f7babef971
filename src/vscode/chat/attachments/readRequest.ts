import type * as vscode from 'vscode';
import type { Focus } from '../../../core/domain/focus.ts';
import { runsOf } from '../../../core/connections/findConnection.ts';
import { toMlopsError } from '../../../core/ports/mlopsError.ts';
import { code } from '../../../core/text/markdown.ts';
import { editorFiles } from '../../code/sourceFiles.ts';
import type { Services } from '../../services.ts';
import { spelledOut } from '../memory.ts';
import { attachedFocus } from './attachedFocus.ts';
import { type Attachment, attachmentsOf, distinct } from './attachment.ts';
import { frontFile, isAboutFrontFile, pointsAtSomething } from './frontFile.ts';

/** A sentence, what it came with, and what it is about then. */
export interface Request {
  /** What the person said, an attachment in it by its name. */
  readonly person: string;
  readonly focus: Focus;
  /** What a model is to read. */
  readonly attachments: readonly Attachment[];
}

/**
 * What a sentence is about: what was attached to it; with nothing attached, and only where the sentence says so, the file in
 * front. `focus` is what the conversation was about before.
 */
export async function readRequest(
  services: Services,
  { command, prompt, references }: Pick<vscode.ChatRequest, 'command' | 'prompt' | 'references'>,
  focus: Focus,
  signal: AbortSignal,
): Promise<Request> {
  const pointed = pointsAtSomething(prompt);
  const given = attachmentsOf({ references }).map((attachment) =>
    pointed ? attachment : unasked(attachment),
  );
  const front = pointed && given.every(({ uri }) => uri === undefined) ? frontFile(prompt) : undefined;
  // What the editor adds by itself is read, and moves the conversation only where the sentence points at it.
  const about = distinct(given.filter(({ inFront }) => inFront !== true || pointed));
  const found = await focusOf(services, front === undefined ? about : [front], prompt, signal);
  return {
    person: spelledOut(command, withNames(prompt, given, found !== undefined)),
    focus: movedTo(front === undefined || mayMean(prompt, focus) ? found : undefined, focus),
    attachments: distinct(front !== undefined && isToRead(prompt, found) ? [...given, front] : given),
  };
}

/** A focus that files give; what was listed before stays listed. */
function movedTo(found: Focus | undefined, before: Focus): Focus {
  if (found === undefined) return before;
  return before.lists === undefined ? found : { ...found, lists: before.lists };
}

/** What the editor adds by itself to a sentence that does not point at it: what is selected, which the person sees there. */
function unasked(attachment: Attachment): Attachment {
  return attachment.inFront === true && attachment.selected !== undefined
    ? { ...attachment, selectedAlone: true }
    : attachment;
}

/** "This pipeline" is the one in front; "run this" is what the conversation is about, unless that is nothing yet. */
function mayMean(prompt: string, focus: Focus): boolean {
  return isAboutFrontFile(prompt) || (focus.pipeline === undefined && focus.run === undefined);
}

/** Nobody's file is read by a model because it happens to be in front: only where the sentence is about it. */
function isToRead(prompt: string, focus: Focus | undefined): boolean {
  return isAboutFrontFile(prompt) && (focus !== undefined || !saysPipeline.test(prompt));
}

const saysPipeline = /\bthis (?:\w+ )?pipeline\b/i;

/** The focus that files give; none where the pipelines cannot be listed, which whoever asks for them is told. */
async function focusOf(
  { connections, log }: Services,
  attachments: readonly Attachment[],
  sentence: string,
  signal: AbortSignal,
): Promise<Focus | undefined> {
  if (attachments.every(({ uri }) => uri?.scheme !== 'file')) return undefined;
  try {
    const backend = await runsOf(connections.active);
    return await attachedFocus(attachments, sentence, { backend, files: editorFiles }, signal);
  } catch (error) {
    log.warn(`@mlops: ${toMlopsError(error).message}`);
    return undefined;
  }
}

/** A sentence with names for what the editor writes as `#file:train.py`; "this file" for the one that it is about. */
function withNames(prompt: string, attachments: readonly Attachment[], isFocus: boolean): string {
  const named = attachments.filter(({ place }) => place !== undefined);
  const only = named.length === 1 && isFocus;
  return named
    .toSorted((a, b) => (b.place?.[0] ?? 0) - (a.place?.[0] ?? 0))
    .reduce((text, { name, place: [start, end] = [0, 0] }) => {
      return text.slice(0, start) + (only ? 'this file' : code(name)) + text.slice(end);
    }, prompt);
}
