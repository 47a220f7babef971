// The editor's window in unit tests: it notes what it is asked to show.

/** A message that the window was asked to show. */
export interface ShownMessage {
  readonly kind: 'information' | 'warning' | 'error' | 'progress' | 'status' | 'input';
  readonly text: string;
  readonly detail?: string;
  readonly buttons: readonly string[];
}

/** A line of text at the top of the window, as far as tests look at it. */
export interface ShownBox {
  readonly prompt: string;
  readonly validationMessage: string | undefined;
  readonly type: (line: string) => void;
}

/** What the window was asked to show, newest last. */
export interface Shown {
  readonly messages: ShownMessage[];
  readonly boxes: ShownBox[];
  /** The buttons that are pressed next, undefined for none; beyond them, the first one is. */
  readonly answers: (string | undefined)[];
}

/** The classes of the editor that a window is made of. */
interface Parts {
  readonly Disposable: new (dispose: () => unknown) => { dispose(): void };
  readonly EventEmitter: new <T>() => { readonly event: unknown; readonly fire: (event: T) => void };
  readonly CancellationTokenSource: new () => { readonly token: object };
}

type MessagePart = string | { readonly modal?: boolean; readonly detail?: string };
type Validate = (line: string) => Promise<string | undefined>;

/** A window that notes in `shown`; each message is answered with its first button. */
export function windowOf({ Disposable, EventEmitter, CancellationTokenSource }: Parts, shown: Shown) {
  const message = messages(shown);
  return {
    showInformationMessage: message('information'),
    showWarningMessage: message('warning'),
    showErrorMessage: message('error'),
    setStatusBarMessage(text: string) {
      shown.messages.push({ kind: 'status', text, buttons: [] });
      return new Disposable(() => undefined);
    },
    async withProgress<T>(
      { title }: { readonly title: string },
      work: (progress: unknown, token: object) => Promise<T>,
    ): Promise<T> {
      shown.messages.push({ kind: 'progress', text: title, buttons: [] });
      return work({ report: () => undefined }, new CancellationTokenSource().token);
    },
    async showInputBox({ prompt, validateInput }: { prompt: string; validateInput: Validate }) {
      shown.messages.push({
        kind: 'input',
        text: prompt,
        detail: (await validateInput('x')) ?? '',
        buttons: [],
      });
    },
    onDidChangeWindowState: new EventEmitter<unknown>().event,
    createInputBox() {
      const changed = new EventEmitter<string>();
      const never = new EventEmitter<unknown>().event;
      const box = {
        ...{ prompt: '', value: '', validationMessage: undefined },
        onDidChangeValue: changed.event,
        ...{ onDidAccept: never, onDidHide: never, onDidTriggerButton: never },
        type(line: string) {
          box.value = line;
          changed.fire(line);
        },
        show: () => void shown.boxes.push(box),
      };
      return box;
    },
  };
}

function messages(shown: Shown) {
  return (kind: ShownMessage['kind']) =>
    async (text: string, ...parts: MessagePart[]): Promise<string | undefined> => {
      const buttons = parts.filter((part) => typeof part === 'string');
      const detail = parts.find((part) => typeof part !== 'string')?.detail;
      shown.messages.push({ kind, text, buttons, ...(detail === undefined ? {} : { detail }) });
      return shown.answers.length > 0 ? shown.answers.shift() : buttons[0];
    };
}
