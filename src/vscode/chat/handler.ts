import * as vscode from 'vscode';
import { errorText } from '../../core/tools/errorText.ts';
import { agents } from '../../core/agents/agents.ts';
import { converse } from '../../core/agents/converse.ts';
import { type Focus, moveFocus } from '../../core/agents/focus.ts';
import { understand } from '../../core/agents/basics/understand.ts';
import { followUps } from '../../core/agents/followUps.ts';
import { helpText } from '../../core/agents/help.ts';
import { toMlopsError } from '../../core/ports/mlopsError.ts';
import { forPeople, plain } from '../../core/text/markdown.ts';
import { mentionsOfRun } from '../../core/tools/runResult.ts';
import { tools } from '../../core/tools/table.ts';
import { toSignal } from '../cancel.ts';
import type { Services } from '../services.ts';
import { chatRounds } from '../settings.ts';
import { checkCall } from '../tools/invocation.ts';
import { invokeInChat } from './invokeInChat.ts';
import { createLanguageModel } from './languageModel.ts';
import { exchanges, lastFocus, type Memory, spelledOut } from './memory.ts';
import { createRenderPrompt } from './renderPrompt.ts';
import { showMentions } from './showMentions.ts';

/** Answers one turn of `@mlops`. */
export async function handle(
  services: Services,
  request: vscode.ChatRequest,
  context: vscode.ChatContext,
  stream: vscode.ChatResponseStream,
  token: vscode.CancellationToken,
): Promise<vscode.ChatResult> {
  const began = services.clock.now();
  const focus = await focusNow(services, context, toSignal(token));
  if (request.command === 'help' || request.prompt.trim() + (request.command ?? '') === '') {
    stream.markdown(helpText);
    return result({ focus, followUps: [...followUps([], { help: true })], at: services.clock.now() });
  }
  const model = createLanguageModel(request.model);
  if (!model.callsTools) stream.markdown(noTools(model.name));
  const signal = toSignal(token);
  const person = spelledOut(request.command, request.prompt);
  try {
    const answer = await converse(
      {
        agent: agents.mlops,
        person,
        focus,
        history: exchanges(context.history),
      },
      {
        model,
        render: createRenderPrompt(model.maxTokens),
        tools: model.callsTools ? tools : [],
        say: (markdown) => stream.markdown(markdown),
        maxRounds: chatRounds(),
        check: async (tool, call) => void (await checkCall(services, tool, call.input, signal)),
        invoke: invokeInChat(services.session, request, stream, token),
      },
      signal,
    );
    await showMentions(services, stream, answer.mentions);
    if (answer.ended === 'answered') void vscode.commands.executeCommand('setContext', 'mlops.asked', true);
    // A turn that was cut short knows little: what was waited for in it is meant next.
    const at = answer.ended === 'cancelled' ? began : services.clock.now();
    return result({
      focus: moveFocus(focus, answer.mentions),
      followUps: [
        ...followUps(answer.mentions, {
          calls: answer.rounds.flatMap(({ calls }) => calls),
          help: understand(person, focus) === 'help',
          ...(answer.changed ? { again: person } : {}),
        }),
      ],
      at,
    });
  } catch (error) {
    services.log.error(`@mlops: ${toMlopsError(error).message}`);
    return {
      ...result({ focus, followUps: [], at: began }),
      errorDetails: { message: forPeople(errorText(toMlopsError(error))) },
    };
  }
}

/** What "it" means: what the last turn left, or the run that was waited for since. */
async function focusNow(
  services: Services,
  context: vscode.ChatContext,
  signal: AbortSignal,
): Promise<Focus> {
  const { focus, at } = lastFocus(context.history);
  const waited = services.waitedFor.get();
  if (waited === undefined || waited.at <= at) return focus;
  const backend = await services.backend();
  const run = await backend.getRun(waited.run, signal).catch(() => undefined);
  return run === undefined ? focus : moveFocus(focus, mentionsOfRun(run));
}

const result = (metadata: Memory): vscode.ChatResult => ({ metadata });

function noTools(model: string): string {
  return `**${plain(model)} cannot call tools**, so it can talk about pipelines but not look at yours or run any. Pick another model in the chat's model list; MLOps Basics needs no account.\n\n`;
}
