// The values of the editor's API that unit tests touch, as small as they can be. Types come from @types/vscode; what
// needs the real editor is tested in the real editor (test/editor), not here.
// Node loads this file itself (test/vscode/setup.ts), so it holds erasable TypeScript only.
import { posix } from 'node:path';
import { type Shown, windowOf } from './window.ts';
import { fileTypes, filesOfThisMachine } from './workspace.ts';

type Listener<T> = (event: T) => unknown;

export class Disposable {
  readonly #dispose: () => unknown;
  constructor(dispose: () => unknown) {
    this.#dispose = dispose;
  }
  static from(...items: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => items.forEach((item) => item.dispose()));
  }
  dispose(): void {
    this.#dispose();
  }
}

export class EventEmitter<T> {
  #listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>, thisArg?: unknown, store?: Disposable[]): Disposable => {
    const bound: Listener<T> = (event) => listener.call(thisArg, event);
    this.#listeners.add(bound);
    const disposable = new Disposable(() => this.#listeners.delete(bound));
    store?.push(disposable);
    return disposable;
  };
  fire(event: T): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export class CancellationTokenSource {
  readonly #emitter = new EventEmitter<void>();
  #cancelled = false;
  readonly token = Object.defineProperty(
    { onCancellationRequested: this.#emitter.event, isCancellationRequested: false },
    'isCancellationRequested',
    { get: () => this.#cancelled },
  );
  cancel(): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    this.#emitter.fire();
  }
  dispose(): void {
    this.#emitter.dispose();
  }
}

export class CancellationError extends Error {
  override readonly name = 'Canceled';
}

interface UriParts {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

export class Uri implements UriParts {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
  private constructor(parts: UriParts) {
    this.scheme = parts.scheme;
    this.authority = parts.authority;
    this.path = parts.path;
    this.query = parts.query;
    this.fragment = parts.fragment;
  }
  static from(parts: Partial<UriParts> & { readonly scheme: string }): Uri {
    return new Uri({ authority: '', path: '', query: '', fragment: '', ...parts });
  }
  static file(path: string): Uri {
    return Uri.from({ scheme: 'file', path });
  }
  static parse(text: string): Uri {
    const match = /^([a-z][\w+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/i.exec(text);
    const [, scheme = 'file', authority = '', path = text, query = '', fragment = ''] = match ?? [];
    return Uri.from({
      scheme,
      authority,
      path: decodeURIComponent(path),
      query: decodeURIComponent(query),
      fragment,
    });
  }
  static joinPath(base: Uri, ...segments: string[]): Uri {
    return base.with({ path: posix.join(base.path, ...segments) });
  }
  get fsPath(): string {
    return this.path;
  }
  with(change: Partial<UriParts>): Uri {
    return Uri.from({ ...this.toJSON(), ...change });
  }
  toJSON(): UriParts {
    const { scheme, authority, path, query, fragment } = this;
    return { scheme, authority, path, query, fragment };
  }
  toString(): string {
    const path = this.path.split('/').map(encodeURIComponent).join('/');
    const slashes = this.authority !== '' || this.scheme === 'file' ? `//${this.authority}` : '';
    const query = this.query === '' ? '' : `?${encodeURIComponent(this.query)}`;
    return `${this.scheme}:${slashes}${path}${query}${this.fragment === '' ? '' : `#${this.fragment}`}`;
  }
}

export class Position {
  readonly line: number;
  readonly character: number;
  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(
    startLine: number | Position,
    startCharacter: number | Position,
    endLine?: number,
    endCharacter?: number,
  ) {
    const ends =
      typeof startLine === 'number'
        ? [new Position(startLine, Number(startCharacter)), new Position(endLine ?? 0, endCharacter ?? 0)]
        : [startLine, startCharacter as Position];
    [this.start, this.end] = ends as [Position, Position];
  }
}

export class Location {
  readonly uri: Uri;
  readonly range: Range;
  constructor(uri: Uri, range: Range | Position) {
    this.uri = uri;
    this.range = range instanceof Range ? range : new Range(range, range);
  }
}

export class ThemeColor {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeIcon {
  static readonly File = new ThemeIcon('file');
  static readonly Folder = new ThemeIcon('folder');
  readonly id: string;
  readonly color: ThemeColor | undefined;
  constructor(id: string, color?: ThemeColor) {
    this.id = id;
    this.color = color;
  }
}

/** What the editor's files fail with; `code` tells which of its makers made it. */
export class FileSystemError extends Error {
  readonly code: string;
  constructor(about: string | Uri = '', code = 'Unknown') {
    super(typeof about === 'string' ? about : about.toString());
    this.code = code;
  }
  static FileNotFound = (about?: string | Uri) => new FileSystemError(about, 'FileNotFound');
  static FileExists = (about?: string | Uri) => new FileSystemError(about, 'FileExists');
  static NoPermissions = (about?: string | Uri) => new FileSystemError(about, 'NoPermissions');
  static Unavailable = (about?: string | Uri) => new FileSystemError(about, 'Unavailable');
}

export const FilePermission = { Readonly: 1 } as const;
export const FileChangeType = { Changed: 1, Created: 2, Deleted: 3 } as const;

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 } as const;

export class TreeItem {
  label: unknown;
  resourceUri: Uri | undefined;
  collapsibleState: number;
  constructor(label: unknown, collapsibleState: number = TreeItemCollapsibleState.None) {
    if (label instanceof Uri) this.resourceUri = label;
    else this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export class MarkdownString {
  value: string;
  supportThemeIcons: boolean;
  isTrusted: unknown;
  constructor(value = '', supportThemeIcons = false) {
    this.value = value;
    this.supportThemeIcons = supportThemeIcons;
  }
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
  appendText(text: string): this {
    return this.appendMarkdown(text.replaceAll(/[\\`*_{}[\]()#+\-!~]/g, String.raw`\$&`));
  }
  appendCodeblock(code: string, language = ''): this {
    return this.appendMarkdown(`\n\`\`\`${language}\n${code}\n\`\`\`\n`);
  }
}

export class LanguageModelTextPart {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}

export class LanguageModelPromptTsxPart {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

export class LanguageModelDataPart {
  readonly data: Uint8Array;
  readonly mimeType: string;
  constructor(data: Uint8Array, mimeType: string) {
    this.data = data;
    this.mimeType = mimeType;
  }
  static text(value: string, mimeType = 'text/plain'): LanguageModelDataPart {
    return new LanguageModelDataPart(new TextEncoder().encode(value), mimeType);
  }
  static json(value: unknown, mimeType = 'application/json'): LanguageModelDataPart {
    return LanguageModelDataPart.text(JSON.stringify(value), mimeType);
  }
  static image(data: Uint8Array, mimeType: string): LanguageModelDataPart {
    return new LanguageModelDataPart(data, mimeType);
  }
}

export class LanguageModelToolCallPart {
  readonly callId: string;
  readonly name: string;
  readonly input: object;
  constructor(callId: string, name: string, input: object) {
    this.callId = callId;
    this.name = name;
    this.input = input;
  }
}

export class LanguageModelToolResultPart {
  readonly callId: string;
  readonly content: unknown[];
  constructor(callId: string, content: unknown[]) {
    this.callId = callId;
    this.content = content;
  }
}

export class LanguageModelToolResult {
  readonly content: unknown[];
  constructor(content: unknown[]) {
    this.content = content;
  }
}

export const LanguageModelChatMessageRole = { User: 1, Assistant: 2 } as const;
export const LanguageModelChatToolMode = { Auto: 1, Required: 2 } as const;

export class LanguageModelChatMessage {
  readonly role: number;
  readonly content: unknown[];
  readonly name: string | undefined;
  constructor(role: number, content: string | unknown[], name?: string) {
    this.role = role;
    this.content = typeof content === 'string' ? [new LanguageModelTextPart(content)] : content;
    this.name = name;
  }
  static User(content: string | unknown[], name?: string): LanguageModelChatMessage {
    return new LanguageModelChatMessage(LanguageModelChatMessageRole.User, content, name);
  }
  static Assistant(content: string | unknown[], name?: string): LanguageModelChatMessage {
    return new LanguageModelChatMessage(LanguageModelChatMessageRole.Assistant, content, name);
  }
}

export class LanguageModelError extends Error {
  readonly code: string;
  constructor(message = '', code = 'Unknown') {
    super(message);
    this.code = code;
  }
  static NotFound = (message?: string): LanguageModelError => new LanguageModelError(message, 'NotFound');
  static NoPermissions = (message?: string): LanguageModelError =>
    new LanguageModelError(message, 'NoPermissions');
  static Blocked = (message?: string): LanguageModelError => new LanguageModelError(message, 'Blocked');
}

export class ChatRequestTurn {
  readonly prompt: string;
  readonly command: string | undefined;
  readonly references: unknown[];
  readonly participant: string;
  readonly toolReferences: unknown[];
  constructor(
    prompt: string,
    command: string | undefined,
    references: unknown[],
    participant: string,
    toolReferences: unknown[] = [],
  ) {
    this.prompt = prompt;
    this.command = command;
    this.references = references;
    this.participant = participant;
    this.toolReferences = toolReferences;
  }
}

export class ChatResponseTurn {
  readonly response: unknown[];
  readonly result: unknown;
  readonly participant: string;
  readonly command: string | undefined;
  constructor(response: unknown[], result: unknown, participant: string, command?: string) {
    this.response = response;
    this.result = result;
    this.participant = participant;
    this.command = command;
  }
}

export class ChatResponseMarkdownPart {
  readonly value: MarkdownString;
  constructor(value: string | MarkdownString) {
    this.value = typeof value === 'string' ? new MarkdownString(value) : value;
  }
}

export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 } as const;
export const StatusBarAlignment = { Left: 1, Right: 2 } as const;
export const ConfigurationTarget = { Global: 1, Workspace: 2, WorkspaceFolder: 3 } as const;

export const QuickInputButtons = { Back: {} } as const;
export const shown: Shown = { messages: [], boxes: [], answers: [] };
/** The names of the tools that were registered. */
export const registeredTools: string[] = [];
export const lm = {
  registerTool: (name: string) => {
    registeredTools.push(name);
    return new Disposable(() => undefined);
  },
  /** A test puts in its place what the tools answer. */
  invokeTool: async (): Promise<unknown> => new LanguageModelToolResult([]),
};
export const commands = { executeCommand: async (): Promise<unknown> => undefined };
export const extensions = { getExtension: (id: string) => ({ id }) };
export const window = windowOf({ Disposable, EventEmitter, CancellationTokenSource }, shown);
export const FileType = fileTypes;
/** Fires what happens to documents; a test fires it. */
export const documentEvents = { saved: new EventEmitter<unknown>() };
export const workspace = {
  isTrusted: true,
  ...filesOfThisMachine,
  onDidSaveTextDocument: documentEvents.saved.event,
};
export const env = { remoteName: undefined };
