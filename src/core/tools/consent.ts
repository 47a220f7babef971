import { isJsonObject } from '../domain/json.ts';
import { own } from '../domain/own.ts';
import type { Effect } from './tool.ts';

/** The editor's setting that says which tools it may be told to approve; our manifest says none that changes something. */
export const approvalSetting = 'chat.tools.eligibleForAutoApproval';

/** How that setting names a tool of an extension. */
export function approvalName(extension: string, tool: string): string {
  return `${extension.toLowerCase()}/${tool.replace(/^mlops_/, '')}`;
}

/**
 * True when the editor always asks before this tool and offers no standing approval. `setting` is the value in force: a
 * person or a workspace may have changed it, and an older editor has none. It goes before the editor's global approval.
 */
export function editorAlwaysAsks(setting: unknown, name: string): boolean {
  return isJsonObject(setting) && own(setting, name) === false;
}

/** Nobody reads a question and answers it faster: a call that comes sooner was approved by the editor itself. */
export const quickestAnswerMs = 300;

/** After that, what was asked may have changed too much: it is asked again. */
export const longestAnswerMs = 10 * 60 * 1000;

/** What is known of a call that is about to change something. */
export interface AskedCall {
  readonly effect: Exclude<Effect, 'read'>;
  /** The question that was given to the editor for this call: since when it stands, and whether the editor shows it. */
  readonly question?: {
    readonly forMs: number;
    readonly shown: boolean;
    /** Another question for the same call stands that is about something else: which was answered cannot be known. */
    readonly mixed: boolean;
  };
  /** False for a call from outside a chat, which the editor asks about in a dialog that no approval answers. */
  readonly inChat: boolean;
  /** True when the person said yes to the very same thing before. */
  readonly standing: boolean;
  /** True when the model has read something in this turn, which may have told it to make the call. */
  readonly hasRead: boolean;
}

/**
 * Whether a call runs, is asked about in a dialog of ours with the question that was prepared, or is prepared anew and asked
 * about because what was shown is too old or nothing was.
 */
export function decideCall(call: AskedCall): 'run' | 'ask' | 'prepare' {
  const { effect, question, inChat, standing, hasRead } = call;
  if (question === undefined || question.forMs > longestAnswerMs) return 'prepare';
  // It asks in a dialog of its own when it runs.
  if (effect === 'destroy') return 'run';
  const answered = question.shown && (!inChat || question.forMs >= quickestAnswerMs);
  if (answered && !question.mixed) return 'run';
  return standing && !hasRead ? 'run' : 'ask';
}
