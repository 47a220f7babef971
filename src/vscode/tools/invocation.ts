import * as vscode from 'vscode';
import { errorText } from '../../core/agents/answerCalls.ts';
import type { Json } from '../../core/domain/json.ts';
import { isCancelled, MlopsError, toMlopsError } from '../../core/ports/mlopsError.ts';
import { renderQuestionMarkdown } from '../../core/text/renderQuestionMarkdown.ts';
import { checkPolicy } from '../../core/tools/policy.ts';
import { findTool } from '../../core/tools/table.ts';
import type { Confirmation, Outcome, Tool, ToolDeps } from '../../core/tools/tool.ts';
import { ask } from '../window/askQuestion.ts';
import { toSignal } from '../cancel.ts';
import { watching as watch } from '../notifications/watchedRuns.ts';
import type { Services } from '../services.ts';
import { noteAsked, takeConsent } from './consent.ts';
import { takeExpected } from './ledger.ts';

/**
 * What the editor shows before a call. A call that cannot run asks nothing: it is answered with the reason when it comes.
 */
export async function prepareCall(
  services: Services,
  name: string,
  input: Json,
  token: vscode.CancellationToken,
): Promise<vscode.PreparedToolInvocation> {
  const tool = knownTool(name);
  const invocationMessage = tool.progress(input);
  if (tool.effect === 'read') return { invocationMessage };
  const confirmation = await checkCall(services, tool, input, toSignal(token)).catch(() => undefined);
  if (confirmation === undefined) return { invocationMessage };
  noteAsked(name, input, confirmation.input ?? input, services.clock.now(), confirmation.agreed);
  const { title, message } = renderQuestionMarkdown(confirmation.question);
  return {
    invocationMessage,
    confirmationMessages: {
      title,
      message: new vscode.MarkdownString(message),
    },
  };
}

/** Throws MlopsError when a call cannot run; else gives what has to be asked, if anything. */
export async function checkCall(
  services: Services,
  tool: Tool,
  input: Json,
  signal: AbortSignal,
): Promise<Confirmation | undefined> {
  const deps = await toolDeps(services, '', () => undefined);
  checkPolicy(tool.effect, deps);
  return tool.prepare(input, deps, signal);
}

/** Runs a call that came from the editor. The answer is always text; only a cancelled call throws. */
export async function runCall(
  services: Services,
  name: string,
  input: Json,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const expected = takeExpected(name, input);
  try {
    const outcome = await call(
      services,
      knownTool(name),
      input,
      expected?.report ?? (() => undefined),
      toSignal(token),
    );
    if (expected !== undefined) expected.outcome = outcome;
    return textResult(outcome.text);
  } catch (error) {
    if (expected !== undefined) expected.error = error;
    if (isCancelled(error)) throw new vscode.CancellationError();
    services.log.warn(`${name}: ${toMlopsError(error).message}`);
    return textResult(errorText(toMlopsError(error)));
  }
}

async function call(
  services: Services,
  tool: Tool,
  input: Json,
  report: (line: string) => void,
  signal: AbortSignal,
): Promise<Outcome> {
  if (tool.effect === 'read') return tool.call(input, await toolDeps(services, '', report), signal);
  const consent = takeConsent(tool.name, input);
  if (consent === undefined) {
    await checkCall(services, tool, input, signal);
    throw new MlopsError('conflict', 'Nobody was asked about this call, so it did not run.', {
      hint: 'Make the call again.',
    });
  }
  const { key, agreed } = consent;
  const deps = { ...(await toolDeps(services, key, report)), ...(agreed === undefined ? {} : { agreed }) };
  checkPolicy(tool.effect, deps);
  return tool.call(consent.shown, deps, signal);
}

async function toolDeps(
  services: Services,
  idempotencyKey: string,
  report: (line: string) => void,
): Promise<ToolDeps> {
  const [backend, store] = await Promise.all([services.backend(), services.store()]);
  const watching: ToolDeps['watching'] = (run) => {
    services.waitedFor.set(run);
    const watched = watch(run);
    return (ended) => watched.dispose(ended);
  };
  const trusted = vscode.workspace.isTrusted;
  return { backend, store, clock: services.clock, trusted, idempotencyKey, report, watching, ask };
}

function knownTool(name: string): Tool {
  const tool = findTool(name);
  if (tool === undefined)
    throw new MlopsError('internal', `The manifest names the tool ${name}, which does not exist.`);
  return tool;
}

function textResult(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}
