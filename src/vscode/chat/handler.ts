import * as vscode from 'vscode';
import { errorText } from '../../core/tools/errorText.ts';
import { agentNamed, agents } from '../../core/agents/agents.ts';
import { offer } from '../../core/agents/answerCalls.ts';
import { type Answer, converse, type Turn } from '../../core/agents/converse.ts';
import { type About, aboutAnswer } from '../../core/agents/about.ts';
import { focusBlock } from '../../core/agents/focus.ts';
import { moveFocus } from '../../core/agents/moveFocus.ts';
import { understand } from '../../core/agents/basics/understand.ts';
import { type AskedTurn, type FollowUp, followUps } from '../../core/agents/followUps.ts';
import { help } from '../../core/agents/help.ts';
import { isGoOn, keptRounds } from '../../core/agents/keptRounds.ts';
import type { ConnectionId } from '../../core/domain/connection.ts';
import type { Focus } from '../../core/domain/focus.ts';
import type { LanguageModel } from '../../core/ports/languageModel.ts';
import { isCancelled, toMlopsError } from '../../core/ports/mlopsError.ts';
import { forPeople, plain } from '../../core/text/markdown.ts';
import { todayLine } from '../../core/text/today.ts';
import { tools, toolsWhere } from '../../core/tools/table.ts';
import { toSignal } from '../cancel.ts';
import type { Services } from '../services.ts';
import { chatRounds } from '../settings.ts';
import { nearTo } from '../models/surroundings.ts';
import { checkCall } from '../tools/invocation.ts';
import { readRequest } from './attachments/readRequest.ts';
import { renderAttachments } from './attachments/renderAttachments.ts';
import { focusNow, shownFocus } from './focusNow.ts';
import { invokeInChat } from './invokeInChat.ts';
import { createLanguageModel } from './languageModel.ts';
import { exchanges, lastAgent, lastRounds, type Memory } from './memory.ts';
import { createRenderPrompt, roomForAttachments } from './renderPrompt.ts';
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
    stream.markdown(help(tools, agents, services.connections.active.info));
    return result({ focus, followUps: [...followUps([], { help: true })], at: services.clock.now() });
  }
  const model = createLanguageModel(request.model);
  if (!model.callsTools) stream.markdown(noTools(model.name));
  try {
    return await answerTo(services, { request, context, model, focus, began }, stream, token);
  } catch (error) {
    if (isCancelled(error)) return result({ focus, followUps: [], at: began });
    services.log.error(`@mlops: ${toMlopsError(error).message}`);
    return {
      ...result({ focus, followUps: [], at: began }),
      errorDetails: { message: forPeople(errorText(toMlopsError(error))) },
    };
  }
}

interface Asked {
  readonly request: vscode.ChatRequest;
  readonly context: vscode.ChatContext;
  readonly model: LanguageModel;
  /** What the conversation was about before. */
  readonly focus: Focus;
  readonly began: number;
}

async function answerTo(
  services: Services,
  { request, context, model, focus: before, began }: Asked,
  stream: vscode.ChatResponseStream,
  token: vscode.CancellationToken,
): Promise<vscode.ChatResult> {
  const signal = toSignal(token);
  const agent = agentNamed(agents, lastAgent(context.history));
  const { person, focus, attachments } = await readRequest(services, request, before, signal);
  const shown = await shownFocus(services, focus, signal);
  const today = todayLine(began, -new Date(began).getTimezoneOffset());
  const keeps = services.connections.all.some(({ info }) => info.keeps === true);
  // MLOps Basics says why something cannot be done here; a model need not know of it.
  const offered = model.callsTools ? toolsWhere(keeps || model.byRules === true) : [];
  const room = roomForAttachments(model.maxTokens, {
    charter: agent.charter,
    today,
    focus: focusBlock(shown),
    person,
    tools: offered.filter(agent.tools).map((tool) => offer(tool, placesOf(services))),
  });
  const attached = await renderAttachments(attachments, room, signal);
  for (const used of attached.used) stream.reference(used);
  const said = { person, focus: shown, places: placesOf(services) };
  const answer = await converse(
    {
      ...{ agent, agents, person, today, focus: shown },
      history: exchanges(context.history),
      attached: attached.text,
      earlier: isGoOn(person) ? lastRounds(context.history) : [],
    },
    {
      model,
      render: createRenderPrompt(model.maxTokens),
      tools: offered,
      say: (markdown) => stream.markdown(markdown),
      places: said.places,
      maxRounds: chatRounds(),
      check: (tool, call) => checkCall(services, tool, call.input, signal),
      invoke: invokeInChat(services.session, request, stream, token),
    },
    signal,
  );
  for (const note of attached.notes) stream.markdown(`\n\n*${note}*`);
  const about = aboutAnswer(answer.named, answer.text);
  await showMentions(services, stream, about);
  if (answer.ended === 'answered') void vscode.commands.executeCommand('setContext', 'mlops.asked', true);
  const near = answer.rounds.length === 0 ? await nearTo(services, request.model, said, signal) : [];
  // A turn that was cut short knows little: what was waited for in it is meant next.
  const at = answer.ended === 'cancelled' ? began : services.clock.now();
  return result({
    focus: moveFocus(focus, about),
    agent: answer.agent.name,
    followUps: [...askedNext(services, { person, focus, near }, answer, about)],
    at,
    ...(answer.ended === 'roundLimit' ? { rounds: [...keptRounds(answer.rounds)] } : {}),
  });
}

/** What people are likely to ask after an answer. */
function askedNext(
  services: Services,
  { person, focus, near }: Pick<Turn, 'person' | 'focus'> & Pick<AskedTurn, 'near'>,
  answer: Answer,
  { subject, lists: [list], more }: About,
): readonly FollowUp[] {
  return followUps(more === undefined ? subject : [...subject, more], {
    ...(near === undefined ? {} : { near }),
    calls: answer.rounds.flatMap(({ calls }) => calls),
    help: understand(person, focus) === 'help',
    placeOf: (id) => sayablePlace(services, id),
    hasRuns: (id) => services.connections.get(id)?.backend !== undefined,
    ...(list?.connection === undefined ? {} : { listed: list.connection as ConnectionId }),
    ...(answer.changed ? { again: person } : {}),
    ...(answer.ended === 'roundLimit' ? { again: 'go on' } : {}),
  });
}

/** The names of the connections, where there are several. */
function placesOf({ connections }: Services): readonly string[] {
  return connections.all.length > 1 ? connections.all.map(({ info }) => info.name) : [];
}

/** The name of a connection that is not the active one. */
function sayablePlace({ connections }: Services, id: ConnectionId): string | undefined {
  return id === connections.active.info.id ? undefined : connections.get(id)?.info.name;
}

const result = (metadata: Memory): vscode.ChatResult => ({ metadata });

function noTools(model: string): string {
  return `**${plain(model)} cannot call tools**, so it can talk about pipelines but not look at yours or run any. Pick another model in the chat's model list; MLOps Basics needs no account.\n\n`;
}
