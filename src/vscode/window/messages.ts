// All messages of the editor's window. Their text is literal, from any source, since the editor would make
// links of it that run commands. Lint forbids the editor's own functions elsewhere.
import * as vscode from 'vscode';
import { oneLine, literal, visible } from '../../core/text/literal.ts';

type Show = (message: string, ...buttons: string[]) => Thenable<string | undefined>;

/** Shows a notification; returns the button that was pressed. */
export function inform(text: string, ...buttons: readonly string[]): Promise<string | undefined> {
  return show(vscode.window.showInformationMessage, text, buttons);
}

/** Shows an error notification; returns the button that was pressed. */
export function complain(text: string, ...buttons: readonly string[]): Promise<string | undefined> {
  return show(vscode.window.showErrorMessage, text, buttons);
}

async function show(message: Show, text: string, buttons: readonly string[]): Promise<string | undefined> {
  const shown = buttons.map(literal);
  const picked = await message(literal(text), ...shown);
  return picked === undefined ? undefined : buttons[shown.indexOf(picked)];
}

/** A modal question. `detail` may have several lines. */
export interface ModalQuestion {
  readonly title: string;
  readonly detail: string;
  /** Shows a warning sign. */
  readonly warns?: boolean;
}

/** Asks in a modal; returns the button that was pressed, undefined when the person leaves. A modal renders no links. */
export async function askModal(
  { title, detail, warns = false }: ModalQuestion,
  ...buttons: readonly string[]
): Promise<string | undefined> {
  const message = warns ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const shown = buttons.map(visible);
  const options = { modal: true, detail: visible(detail) };
  const picked = await message(oneLine(title), options, ...shown);
  return picked === undefined ? undefined : buttons[shown.indexOf(picked)];
}

/** Says in a notification of progress how far it is; `percent` of all is done by now, where that is known. */
export type Report = (text: string, percent?: number) => void;

/** Shows a notification until `work` ends; its signal aborts when the person cancels. */
export function showProgress<T>(
  title: string,
  work: (cancelled: AbortSignal, report: Report) => Promise<T>,
): Thenable<T> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: literal(title),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    let reached = 0;
    return work(controller.signal, (text, percent = reached) => {
      progress.report({ message: literal(text), increment: percent - reached });
      reached = percent;
    });
  });
}

/** Shows a text in the status bar for `forMs` milliseconds. */
export function mention(text: string, forMs: number): void {
  vscode.window.setStatusBarMessage(literal(text), forMs);
}
