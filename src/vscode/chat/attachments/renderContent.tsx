import { FilesContext } from '@vscode/chat-extension-utils/dist/components/file-context.js';
import { FileTree } from '@vscode/chat-extension-utils/dist/components/file-tree.js';
import {
  type BasePromptElementProps,
  type ITokenizer,
  OutputMode,
  PromptElement,
  type PromptElementCtor,
  Raw,
  renderPrompt,
  UserMessage,
} from '@vscode/prompt-tsx';
import * as vscode from 'vscode';
import { visible } from '../../../core/text/literal.ts';
import type { LineRange, LineWindow } from '../../../core/text/lineWindow.ts';
import { redact } from '../../../core/text/redact.ts';
import { toToken } from '../../cancel.ts';
import { tokensOf } from '../tokens.ts';

/** Lines as they fit, and which of them, by their numbers from 1. */
export interface FittedLines {
  readonly text: string;
  readonly first: number;
  readonly last: number;
}

/**
 * Fits lines into so many tokens, one by one around the middle of what is selected: numbered, what is selected marked,
 * without secrets. Undefined where there is no room for any.
 */
export async function fitLines(
  window: LineWindow,
  selected: LineRange | undefined,
  room: number,
  signal: AbortSignal,
): Promise<FittedLines | undefined> {
  const shown = visible(redact(window.lines.join('\n')))
    .split('\n')
    .map((line, index) => numbered(line, window.first + index, selected));
  const text = await alone(Lines, { lines: shown, range: rangeIn(window, selected) }, room, signal);
  // Each line begins with its number, whatever it says.
  const lines = text.split('\n').filter((line) => lineNumber.test(line));
  const [first, last] = [lines.at(0), lines.at(-1)].map((line) => Number(lineNumber.exec(line ?? '')?.[1]));
  return lines.length === 0 || first === undefined || last === undefined
    ? undefined
    : { text: lines.join('\n'), first, last };
}

/** The names in a folder as far as there is room for them, those further up first; without what nobody writes. */
export async function fitFolder(root: vscode.Uri, room: number, signal: AbortSignal): Promise<string> {
  const text = await alone(Folder, { root }, room, signal);
  return visible(text.replace(/^```\n?|```\s*$/g, ''));
}

const lineNumber = /^[> ] *(\d+)\| /;
const numbered = (line: string, number: number, selected: LineRange | undefined) =>
  `${selected !== undefined && number >= selected.start && number <= selected.end ? '>' : ' '}${String(number + 1).padStart(5)}| ${line}`;

/** What is selected, as lines of the window. */
function rangeIn({ first, lines }: LineWindow, { start, end } = { start: first, end: first }): vscode.Range {
  const within = (line: number) => Math.max(0, Math.min(line - first, lines.length - 1));
  return new vscode.Range(within(start), 0, within(end), 0);
}

interface LinesProps extends BasePromptElementProps {
  readonly lines: readonly string[];
  readonly range: vscode.Range;
}

class Lines extends PromptElement<LinesProps> {
  override render() {
    const { lines, range } = this.props;
    // The element reads nothing else of a document; a file's address would have it read the file whole.
    const document = {
      uri: vscode.Uri.from({ scheme: 'untitled', path: 'attached' }),
      isUntitled: true,
      lineCount: lines.length,
      lineAt: (line: number) => ({ text: lines[line] ?? '' }),
    } as unknown as vscode.TextDocument;
    return (
      <UserMessage>
        <FilesContext files={{ value: document, range, label: 'attached' }} />
      </UserMessage>
    );
  }
}

const unwritten = /^(?:\..*|node_modules|__pycache__|site-packages)$/;

class Folder extends PromptElement<BasePromptElementProps & { readonly root: vscode.Uri }> {
  override render() {
    const ignore = (uris: vscode.Uri[]) =>
      uris.filter(({ path }) => unwritten.test(path.slice(path.lastIndexOf('/') + 1)));
    return (
      <UserMessage>
        <FileTree root={this.props.root} ignore={ignore} />
      </UserMessage>
    );
  }
}

/** Counts text alone: what else a message takes is in the room that the whole prompt leaves. */
const tokenizer: ITokenizer<OutputMode.Raw> = {
  mode: OutputMode.Raw,
  tokenLength: (part) => tokensOf(textOf(part)),
  countMessageTokens: ({ content }) => tokensOf(content.map(textOf).join('')),
};

function textOf(part: Raw.ChatCompletionContentPart): string {
  return part.type === Raw.ChatCompletionContentPartKind.Text ? part.text : '';
}

/** What an element comes to when it has the room to itself. */
async function alone<P extends BasePromptElementProps>(
  element: PromptElementCtor<P, void>,
  props: P,
  room: number,
  signal: AbortSignal,
): Promise<string> {
  const { messages } = await renderPrompt(
    element,
    props,
    { modelMaxPromptTokens: room },
    tokenizer,
    undefined,
    toToken(signal),
  );
  return messages.flatMap(({ content }) => content.map(textOf)).join('');
}
