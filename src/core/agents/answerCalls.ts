import { isJsonObject, type JsonObject } from '../domain/json.ts';
import type { CallMentions } from '../domain/mention.ts';
import type { ToolCall, ToolOffer } from '../ports/languageModel.ts';
import { ChangedSince } from '../ports/changedSince.ts';
import { isCancelled, toMlopsError } from '../ports/mlopsError.ts';
import type { Result } from '../ports/promptRenderer.ts';
import type { Cut } from '../text/cutText.ts';
import { asName } from '../text/literal.ts';
import { sentence } from '../text/markdown.ts';
import { redact } from '../text/redact.ts';
import { nearest } from '../text/nearest.ts';
import { errorText, skippedText } from '../tools/errorText.ts';
import { inputSchema } from '../tools/inputSchema.ts';
import { offeredSchema } from '../tools/offeredSchema.ts';
import type { Confirmation, Outcome, Tool } from '../tools/tool.ts';
import { askedText, type Deed, lowered } from './doneLine.ts';
import { type CallOrigin, howOf, type TurnCalls } from './turnCalls.ts';

/** What running calls needs. */
export interface CallDeps {
  /** What has to be asked before the call, if anything. Throws MlopsError when it cannot run: then nobody is asked about it. */
  readonly check: (tool: Tool, call: ToolCall, signal: AbortSignal) => Promise<Confirmation | undefined>;
  /** Runs a call where the person sees it and can say no. `skipped`: they said no. Throws MlopsError. */
  readonly invoke: (
    tool: Tool,
    call: ToolCall,
    signal: AbortSignal,
    origin: CallOrigin,
  ) => Promise<Outcome | 'skipped'>;
}

/** One text for each call, in the order of the calls. */
export interface Answered {
  readonly results: readonly Result[];
  /** What each call named, in the order of the calls. */
  readonly named: readonly CallMentions[];
  /** True when something was not started because it is not what the person said yes to any more. */
  readonly changed: boolean;
}

/** A tool as a model is offered it. `places` are the names of the connections where there are several. */
export function offer(tool: Tool, places: readonly string[] = []): ToolOffer {
  const schema = withPlaces(offeredSchema(inputSchema(tool.input)), places);
  return { name: tool.name, description: tool.modelDescription, inputSchema: schema };
}

/** Fields that mean nothing where this machine is the only connection. */
const ofServers: readonly string[] = ['experiment', 'archived', 'versions'];

/** A model is offered the field `connection` only where there are several, and then with their names to choose from. */
function withPlaces(schema: JsonObject, places: readonly string[]): JsonObject {
  const { properties } = schema;
  if (!isJsonObject(properties)) return schema;
  const { connection, ...others } = properties;
  if (!isJsonObject(connection) || places.length < 2)
    return {
      ...schema,
      properties: Object.fromEntries(Object.entries(others).filter(([name]) => !ofServers.includes(name))),
    };
  return { ...schema, properties: { ...others, connection: { ...connection, enum: places } } };
}

/**
 * Runs the calls of one reply: reads side by side, then writes and destroys one at a time. An error is an answer too.
 * `turn` remembers the calls before, so that no write is done twice and no read made over and over. Throws only when cancelled.
 */
export async function answerCalls(
  calls: readonly ToolCall[],
  tools: readonly Tool[],
  turn: TurnCalls,
  deps: CallDeps,
  signal: AbortSignal,
): Promise<Answered> {
  turn.nextRound();
  const answers = new Map<ToolCall, Answer>();
  const find = (call: ToolCall) => tools.find((tool) => tool.name === call.name);
  const isWrite = (call: ToolCall) => (find(call)?.effect ?? 'read') !== 'read';
  const read = async (call: ToolCall) => {
    const tool = find(call);
    const answer =
      tool === undefined
        ? plainAnswer(unknownTool(call.name, tools))
        : answerRead(tool, call, turn, deps, signal);
    answers.set(call, await answer);
  };
  await Promise.all(calls.filter((call) => !isWrite(call)).map(read));
  for (const call of calls) {
    const tool = find(call);
    if (tool !== undefined && isWrite(call))
      answers.set(call, await answerWrite(tool, call, turn, deps, signal));
  }
  if (calls.length > 0) turn.noteAnswered();
  return {
    results: calls.map((call) => resultOf(call, answers.get(call), find(call)?.cut)),
    named: calls.map((call) => ({ writes: isWrite(call), mentions: answers.get(call)?.mentions ?? [] })),
    changed: [...answers.values()].some(({ changed }) => changed === true),
  };
}

function resultOf({ id }: ToolCall, answer: Answer | undefined, cut: Cut | undefined): Result {
  return { id, text: redact(answer?.text ?? ''), ...(cut === undefined ? {} : { cut }) };
}

type Answer = Outcome & { readonly changed?: boolean };

const plainAnswer = (text: string): Answer => ({ text, mentions: [] });

async function answerRead(
  tool: Tool,
  call: ToolCall,
  turn: TurnCalls,
  deps: CallDeps,
  signal: AbortSignal,
): Promise<Answer> {
  const enough = turn.readEnough(call);
  if (enough !== undefined) return plainAnswer(enough);
  const answer = await orError(signal, async () => {
    await deps.check(tool, call, signal);
    const outcome = await deps.invoke(tool, call, signal, turn.originOf(call));
    return outcome === 'skipped' ? plainAnswer(skippedText) : outcome;
  });
  turn.noteRead(call, answer);
  return answer;
}

async function answerWrite(
  tool: Tool,
  call: ToolCall,
  turn: TurnCalls,
  deps: CallDeps,
  signal: AbortSignal,
): Promise<Answer> {
  const same = turn.writtenBefore(call);
  if (same !== undefined) return alreadyDone(same);
  const state: { asked?: Confirmation | undefined; how: Deed['how'] } = { how: 'refused' };
  const answer = await orError(signal, async () => {
    state.asked = await deps.check(tool, call, signal);
    if (turn.writtenBefore(call, state.asked) !== undefined) return undefined;
    state.how = 'failed';
    const outcome = await deps.invoke(tool, call, signal, turn.originOf(call));
    state.how = outcome === 'skipped' ? 'skipped' : howOf(tool, outcome);
    return outcome === 'skipped' ? plainAnswer(skippedText) : outcome;
  });
  const { asked, how } = state;
  if (answer === undefined) return alreadyDone(turn.writtenBefore(call, asked) ?? '');
  const what = asked === undefined ? lowered(tool.title) : askedText(asked.question.title);
  const did = answer.did ?? '';
  turn.noteWrite(call, asked, {
    how,
    tool: tool.name,
    what: how === 'done' ? did || `Done: ${what}` : what,
    result: redact(answer.text),
  });
  return answer;
}

const alreadyDone = (text: string): Answer =>
  plainAnswer(
    `This very call was made before in this answer and is not made again. What came of it:\n\n${text}`,
  );

/** What the work gives, or its error as an answer. Throws only when cancelled. */
async function orError<T extends Answer | undefined>(
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T | Answer> {
  try {
    return await work();
  } catch (error) {
    if (isCancelled(error) || signal.aborted) throw error;
    const changed = error instanceof ChangedSince;
    return { text: errorText(toMlopsError(error)), mentions: [], changed };
  }
}

function unknownTool(name: string, tools: readonly Tool[]): string {
  const names = tools.map((tool) => tool.name);
  const near = nearest(name, names, 2);
  return `There is no tool ${sentence(asName(name))}. ${near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `The tools are ${names.join(', ')}.`}`;
}
