import * as vscode from 'vscode';
import { literal } from '../../core/text/literal.ts';
import { literalOr } from './askLine.ts';

/** A row to choose, with its value. */
export type Choice<T> = vscode.QuickPickItem & { readonly value?: T };

/** The options of an input line. `check` returns the problem of the present text, while the person types. */
export interface LineQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: string;
  readonly secret: boolean;
  readonly check: (line: string) => string | undefined;
}

/** The options of a list. `active` is the row that is focused first. */
export interface ListQuestion<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly Choice<T>[];
  readonly active?: Choice<T> | undefined;
  readonly back: boolean;
}

/**
 * Lists and lines at the top of the window, one after the other. Each is shown before the previous one is hidden, so that
 * fast typing does not reach the editor behind.
 */
export class Inputs implements vscode.Disposable {
  #last: vscode.QuickInput | undefined;

  /** The chosen row's value; undefined when the person goes back or leaves. */
  pick<T>(question: ListQuestion<T>): Promise<T | undefined> {
    const list = vscode.window.createQuickPick<Choice<T>>();
    list.title = question.title;
    list.placeholder = question.placeholder;
    list.matchOnDescription = true;
    list.matchOnDetail = true;
    list.items = question.items;
    if (question.active !== undefined) list.activeItems = [question.active];
    if (question.back) list.buttons = [vscode.QuickInputButtons.Back];
    return this.#ask(list, (done) => [
      list.onDidAccept(() => done(list.selectedItems[0]?.value)),
      list.onDidTriggerButton(() => done(undefined)),
    ]);
  }

  /** The typed line; undefined when the person goes back or leaves. A line with a problem is not accepted. */
  line(question: LineQuestion): Promise<string | undefined> {
    const box = vscode.window.createInputBox();
    // The editor would make links of the text below the line.
    const check = (line: string) => literalOr(question.check(line));
    box.title = question.title;
    box.prompt = literal(question.prompt);
    box.placeholder = question.placeholder;
    box.value = question.value;
    box.password = question.secret;
    box.buttons = [vscode.QuickInputButtons.Back];
    // An empty line is no mistake yet.
    box.validationMessage = box.value === '' ? undefined : check(box.value);
    return this.#ask(box, (done) => [
      box.onDidChangeValue((line) => {
        box.validationMessage = check(line);
      }),
      box.onDidAccept(() => {
        box.validationMessage = check(box.value);
        if (box.validationMessage === undefined) done(box.value);
      }),
      box.onDidTriggerButton(() => done(undefined)),
    ]);
  }

  dispose(): void {
    this.#last?.dispose();
  }

  #ask<T>(
    input: vscode.QuickInput,
    listen: (done: (answer: T | undefined) => void) => vscode.Disposable[],
  ): Promise<T | undefined> {
    input.ignoreFocusOut = true;
    return new Promise<T | undefined>((resolve) => {
      listen(resolve);
      input.onDidHide(() => resolve(undefined));
      input.show();
      this.#last?.dispose();
      this.#last = input;
    });
  }
}
