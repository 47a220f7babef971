import { setTimeout as pause } from 'node:timers/promises';
import type { Companion, ExportedTurn } from '../harness/companion.ts';
import type { Workbench } from '../harness/workbench.ts';
import { answerQuestion, type Consent } from './confirm.ts';
import { type AskedConfirmation, describeTurn, type TurnReport } from './turnReport.ts';

const followUpsMs = 2000;

export interface Conversation {
  readonly workbench: Workbench;
  readonly companion: Companion;
  readonly model: string;
  readonly consent: Consent;
  readonly timeoutMs: number;
  /** Called when there is something to see: `answer`, or `confirmation-1` and so on. */
  readonly look: (what: string) => Promise<unknown>;
}

/** Says one sentence and goes through what is asked on the way. `stopped`: a question is left standing. */
export async function sayOne(
  talk: Conversation,
  sentence: string,
): Promise<{ report: TurnReport; stopped: boolean }> {
  const began = performance.now();
  const deadline = Date.now() + talk.timeoutMs;
  const confirmations: AskedConfirmation[] = [];
  await talk.workbench.chat.say(sentence);
  let stopped = false;
  while (!stopped) {
    const next = await whatIsNext(talk.workbench, deadline, talk.timeoutMs);
    if (next === 'answer') break;
    await talk.look(`confirmation-${confirmations.length + 1}`);
    await refuseSignIn(talk.workbench, next);
    confirmations.push(await answerQuestion(talk.workbench, next, talk.consent));
    stopped = talk.consent === 'stop';
  }
  const ms = Math.round(performance.now() - began);
  const turn = await exportedTurn(talk.companion, stopped);
  if (!stopped) await talk.look('answer');
  const described = describeTurn(turn);
  const tokens = await countTokens(talk, sentence, described);
  return { report: { said: sentence, ...described, confirmations, ms, tokens }, stopped };
}

async function whatIsNext(
  workbench: Workbench,
  deadline: number,
  whole: number,
): Promise<'answer' | AskedConfirmation['kind']> {
  const { chat, dialogs, quickInput } = workbench;
  const asked = chat.confirmations.ready;
  const any = chat.finishedAnswer.or(asked).or(dialogs.box).or(quickInput.box).first();
  await any.waitFor({ timeout: Math.max(1, deadline - Date.now()) }).catch(() => {
    throw new Error(`There was no whole answer within ${Math.round(whole / 1000)} s (--timeout).`);
  });
  if (await dialogs.box.isVisible()) return 'dialog';
  if (await quickInput.box.isVisible()) return 'typed';
  return (await asked.isVisible()) ? 'tool' : 'answer';
}

/** Without a model of its own the editor's agent mode asks to sign in: nothing that could be allowed here. */
async function refuseSignIn(workbench: Workbench, kind: AskedConfirmation['kind']): Promise<void> {
  if (kind !== 'dialog') return;
  const { message } = await workbench.dialogs.wait();
  if (!/sign in/i.test(message)) return;
  throw new Error(
    'Agent mode wants a model that needs no account: give --endpoint, or begin the sentence with @mlops.',
  );
}

/** The last turn once it is whole; follow-ups come a moment after the answer. */
async function exportedTurn(companion: Companion, stopped: boolean): Promise<ExportedTurn> {
  for (const deadline = Date.now() + followUpsMs; ; await pause(100)) {
    const turn = (await companion.transcript()).requests.at(-1) ?? {};
    if (stopped || turn.followups || turn.result?.errorDetails || Date.now() > deadline) return turn;
  }
}

async function countTokens(
  talk: Conversation,
  said: string,
  turn: ReturnType<typeof describeTurn>,
): Promise<TurnReport['tokens']> {
  const tools = turn.toolCalls.map((call) => `${JSON.stringify(call.input)}\n${call.result}`).join('\n');
  const counts = await talk.companion
    .countTokens(talk.model, [said, turn.text, tools])
    .catch(() => undefined);
  if (!counts) return null;
  const [first = 0, second = 0, third = 0] = counts;
  return { said: first, answered: second, tools: tools === '' ? 0 : third };
}
