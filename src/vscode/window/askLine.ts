import * as vscode from 'vscode';
import { literal } from '../../core/text/literal.ts';

/** The options of an input line. `check` returns the problem of the present text, while the person types. */
export interface AskedLine {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  /** What stands in it at first. */
  readonly value?: string;
  /** True: it stays open when another window comes to the front. */
  readonly stays?: boolean;
  readonly check: (line: string) => string | undefined | Promise<string | undefined>;
}

/** Asks for a line; undefined when the person leaves. The text below it is literal, since the editor would make links of it. */
export function askLine(asked: AskedLine): Thenable<string | undefined> {
  const { title, prompt, placeholder, value, stays = false, check } = asked;
  return vscode.window.showInputBox({
    title,
    prompt: literal(prompt),
    ...(placeholder === undefined ? {} : { placeHolder: placeholder }),
    ...(value === undefined ? {} : { value }),
    ignoreFocusOut: stays,
    validateInput: async (line) => literalOr(await check(line)),
  });
}

/** A problem as the editor shows it below an input. */
export function literalOr(problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : literal(problem);
}
