import * as vscode from 'vscode';
import { code, untrusted } from '../../../core/text/markdown.ts';
import type { LineRange } from '../../../core/text/lineWindow.ts';
import { bytesPerToken, tokensOf } from '../tokens.ts';
import type { Attachment } from './attachment.ts';
import { type Content, readAttachment } from './readAttachment.ts';
import { fitFolder, fitLines } from './renderContent.tsx';

/** Attachments as a section of the prompt. */
export interface RenderedAttachments {
  /** Empty where nothing was attached. */
  readonly text: string;
  /** What of it the model can read. */
  readonly used: readonly (vscode.Uri | vscode.Location)[];
  /** What the person should know: what was cut, and what could not be read. Markdown. */
  readonly notes: readonly string[];
}

/** More files than that say nothing about what is meant. */
const mostAttachments = 20;
/** What stands around the lines of each, in tokens. */
const frame = 250;

/** Reads attachments and fits them into so many tokens; what one leaves, those after it get. All of it is marked as data. */
export async function renderAttachments(
  attachments: readonly Attachment[],
  room: number,
  signal: AbortSignal,
): Promise<RenderedAttachments> {
  const made: Rendered[] = [];
  let left = room;
  const kept = attachments.slice(0, mostAttachments);
  for (const [index, attachment] of kept.entries()) {
    const share = Math.floor(left / (kept.length - index)) - frame - tokensOf(attachment.name);
    const rendered = await render(attachment, share, signal);
    left -= tokensOf(rendered.text);
    made.push(rendered);
  }
  const others = attachments.length - kept.length;
  return {
    text: [title, ...made.map(({ text }) => text)].slice(made.length === 0 ? 1 : 0).join('\n\n'),
    used: made.flatMap(({ used }) => used ?? []),
    notes: [
      ...made.flatMap(({ note }) => note ?? []),
      ...(others > 0 ? [`${others} more attachments were not read: ${mostAttachments} is the most.`] : []),
    ],
  };
}

const title = 'What the sentence after this came with:';

type Lines = Content & { readonly kind: 'lines' };

interface Rendered {
  readonly text: string;
  readonly used?: vscode.Uri | vscode.Location;
  readonly note?: string;
}

async function render(attachment: Attachment, room: number, signal: AbortSignal): Promise<Rendered> {
  const name = code(attachment.name);
  const what = attachment.inFront === true ? `The file in front, ${name}` : `Attached: ${name}`;
  const without = (why: string): Rendered => ({
    text: `${what}: not read, ${why}.`,
    note: `${name} was not read: ${why}.`,
  });
  if (room <= 0) return without('there is no room for it');
  const content = onlySelected(attachment, await readAttachment(attachment, room * bytesPerToken, signal));
  switch (content.kind) {
    case 'none':
      return without(content.why);
    case 'folder': {
      const names = await fitFolder(content.uri, room, signal);
      return { text: untrusted(`${what}, a folder; its files as far as they fit`, names), used: content.uri };
    }
    case 'lines':
      return (
        (await renderLines(attachment, { what, name }, content, room, signal)) ??
        without('there is no room for it')
      );
  }
}

/** The selected lines, where nothing else is meant. */
function onlySelected({ selected, selectedAlone }: Attachment, content: Content): Content {
  if (content.kind !== 'lines' || selected === undefined || selectedAlone !== true) return content;
  const start = Math.max(0, selected.start - content.first);
  const lines = content.lines.slice(start, selected.end - content.first + 1);
  return { ...content, first: content.first + start, lines, more: true };
}

async function renderLines(
  attachment: Attachment,
  { what, name }: { readonly what: string; readonly name: string },
  content: Lines,
  room: number,
  signal: AbortSignal,
): Promise<Rendered | undefined> {
  const { uri, selected } = attachment;
  const fitted = await fitLines(content, selected, room, signal);
  if (fitted === undefined) return undefined;
  const shown = { start: fitted.first - 1, end: fitted.last - 1 };
  const others = notShown(attachment, content, shown);
  const lines = lineNumbers(shown);
  const part = others === undefined ? 'the whole of it' : `${lines}; the others ${others}`;
  const mark = selected === undefined ? '' : `; ${lineNumbers(selected)} selected, marked with >`;
  const used = uri && (selected === undefined ? uri : new vscode.Location(uri, rangeOf(selected)));
  return {
    text: untrusted(`${what}, ${part}${mark}`, fitted.text),
    ...(used === undefined ? {} : { used }),
    ...(others === didNotFit
      ? { note: `Of ${name} the model was given ${lines}: the others ${didNotFit}.` }
      : {}),
  };
}

const didNotFit = 'did not fit';

/** Why the other lines are not shown; undefined where there are no others. */
function notShown(
  { selected, selectedAlone }: Attachment,
  { first, lines, more }: Lines,
  shown: LineRange,
): string | undefined {
  if (shown.start === 0 && !more && shown.end === first + lines.length - 1) return undefined;
  const all = selected?.start === shown.start && selected.end === shown.end;
  return selectedAlone === true && all ? 'are not meant' : didNotFit;
}

const rangeOf = ({ start, end }: LineRange) => new vscode.Range(start, 0, end, 0);

const lineNumbers = ({ start, end }: LineRange) =>
  start === end ? `line ${start + 1}` : `lines ${start + 1}–${end + 1}`;
