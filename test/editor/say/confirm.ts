import type { Workbench } from '../harness/workbench.ts';
import type { AskedConfirmation } from './turnReport.ts';

export type Consent = 'allow' | 'skip' | 'stop';

/** Reads the question that is on the screen and answers it as agreed; with `stop` it is left standing. */
export async function answerQuestion(
  workbench: Workbench,
  kind: AskedConfirmation['kind'],
  consent: Consent,
): Promise<AskedConfirmation> {
  const shown = await read(workbench, kind);
  if (consent === 'stop') return { kind, ...shown, answer: 'none' };
  await (consent === 'allow' ? allow(workbench, kind, shown.message) : skip(workbench, kind));
  return { kind, ...shown, answer: consent === 'allow' ? 'allowed' : 'skipped' };
}

async function read(workbench: Workbench, kind: AskedConfirmation['kind']) {
  if (kind === 'tool') return workbench.chat.confirmations.wait();
  if (kind === 'typed')
    return {
      title: await workbench.quickInput.title(),
      message: await workbench.quickInput.question(),
      buttons: [],
    };
  const { message, detail, buttons } = await workbench.dialogs.wait();
  return { title: message, message: detail, buttons };
}

async function allow(workbench: Workbench, kind: AskedConfirmation['kind'], message: string): Promise<void> {
  if (kind === 'tool') return workbench.chat.confirmations.allowOnce();
  if (kind === 'dialog') return workbench.dialogs.pressPrimary();
  const name = /[`'"“]([^`'"”]+)[`'"”]/.exec(message)?.[1];
  if (name === undefined) throw new Error(`What is to be typed does not stand in the question: ${message}`);
  return workbench.quickInput.answer(name);
}

async function skip(workbench: Workbench, kind: AskedConfirmation['kind']): Promise<void> {
  if (kind === 'tool') return workbench.chat.confirmations.skip();
  if (kind === 'dialog') return workbench.dialogs.cancel();
  return workbench.quickInput.cancel();
}
