import { isJsonObject } from '../domain/json.ts';
import { own } from '../domain/own.ts';
import type { Effect } from './tool.ts';

/** The editor's setting for which tools may be approved in advance; our manifest excludes each one that changes something. */
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

/** Nobody can read and answer a question faster, so a call that comes sooner was approved by the editor itself. */
export const quickestAnswerMs = 80;

/** After this time the facts may have changed too much, so the question is asked again. */
export const longestAnswerMs = 10 * 60 * 1000;

/** What is known of a call that is about to change something. */
export interface AskedCall {
  readonly effect: Exclude<Effect, 'read'>;
  /** The question that was given to the editor for this call: since when it stands, and whether the editor shows it. */
  readonly question?: {
    readonly forMs: number;
    readonly shown: boolean;
    /** How long a message to the window and back took then; a call that the editor approves by itself takes as long. */
    readonly roundTripMs: number;
    /** True when another question for the same call is open, about something else: then it is unknown which one was answered. */
    readonly mixed: boolean;
  };
  /** False for a call from outside a chat, which the editor asks about in a dialog that no approval answers. */
  readonly inChat: boolean;
  /** True when the person said yes to the very same thing before. */
  readonly standing: boolean;
  /** True when the model has read something in this turn, which may have told it to make the call. */
  readonly hasRead: boolean;
  /** True when the sentence that the call is made for has all its values; a standing yes answers nothing else. */
  readonly named: boolean;
}

/**
 * Whether a call runs, is asked about in a dialog of ours with the question that was prepared, or is prepared anew and asked
 * about because what was shown is too old or nothing was.
 */
export function decideCall(call: AskedCall): 'run' | 'ask' | 'prepare' {
  const { effect, question, inChat, standing, hasRead, named } = call;
  if (question === undefined || question.forMs > longestAnswerMs) return 'prepare';
  // It asks in a dialog of its own when it runs.
  if (effect === 'destroy') return 'run';
  const soonest = quickestAnswerMs + question.roundTripMs;
  const answered = question.shown && (!inChat || question.forMs >= soonest);
  if (answered && !question.mixed) return 'run';
  return standing && named && !hasRead ? 'run' : 'ask';
}
