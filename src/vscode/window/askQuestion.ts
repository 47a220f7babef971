import * as vscode from 'vscode';
import type { Question } from '../../core/domain/question.ts';
import { literal, visible } from '../../core/text/literal.ts';
import { everyLine, renderQuestionPlain } from '../../core/text/renderQuestionPlain.ts';
import { askLine } from './askLine.ts';
import { askModal } from './messages.ts';

/** The look of a modal: with a warning sign where something is stopped or deleted. */
export type ModalLook = 'information' | 'warning';

const showEverything = 'Show everything';

/** Asks in a modal. True only when the person presses the question's own button, and types the name that it wants typed. */
export async function ask(question: Question, look: ModalLook = 'warning'): Promise<boolean> {
  if ((await askWith(question, look, [])) !== question.verb) return false;
  const { typed } = question;
  return typed === undefined || (await askName(question.verb, typed));
}

async function askName(verb: string, name: string): Promise<boolean> {
  const line = await askLine({
    title: `${verb} ${visible(name)}`,
    prompt: `Type ${visible(name)} to confirm.`,
    check: (text) => (text === name || text === '' ? undefined : 'That is another name.'),
  });
  return line === name;
}

/** Asks a question with more buttons than its own; returns the pressed one, undefined when the person leaves. */
export async function askWith(
  question: Question,
  look: ModalLook,
  others: readonly string[],
): Promise<string | undefined> {
  const { title, detail, folded } = renderQuestionPlain(question);
  const buttons = [question.verb, ...others, ...(folded ? [showEverything] : [])];
  for (;;) {
    const answer = await askModal({ title, detail, warns: look === 'warning' }, ...buttons);
    if (answer !== showEverything) return answer;
    await showLines(question);
  }
}

/** Every line of the question uncut, in a list that can be searched. */
async function showLines(question: Question): Promise<void> {
  const items = everyLine(question).map((line) => ({ label: literal(line) }));
  await vscode.window.showQuickPick(items, {
    title: 'All that is asked',
    placeHolder: 'Enter or Escape goes back to the question',
    ignoreFocusOut: true,
  });
}
