import { canonicalJson, isJsonObject, type JsonObject } from '../domain/json.ts';
import type { CallMentions } from '../domain/mention.ts';
import type { ToolCall, ToolOffer } from '../ports/languageModel.ts';
import { ChangedSince } from '../ports/changedSince.ts';
import { isCancelled, toMlopsError } from '../ports/mlopsError.ts';
import { asName } from '../text/literal.ts';
import { sentence } from '../text/markdown.ts';
import { redact } from '../text/redact.ts';
import { nearest } from '../text/nearest.ts';
import { errorText, skippedText } from '../tools/errorText.ts';
import { inputSchema } from '../tools/inputSchema.ts';
import type { Outcome, Tool } from '../tools/tool.ts';

/** What running calls needs. */
export interface CallDeps {
  /** Throws MlopsError when the call cannot run: then nobody is asked about it. */
  readonly check: (tool: Tool, call: ToolCall, signal: AbortSignal) => Promise<void>;
  /** Runs a call where the person sees it and can say no. `skipped`: they said no. Throws MlopsError. */
  readonly invoke: (tool: Tool, call: ToolCall, signal: AbortSignal) => Promise<Outcome | 'skipped'>;
}

/** One text for each call, in the order of the calls. */
export interface Answered {
  readonly results: readonly { readonly id: string; readonly text: string }[];
  /** What each call named, in the order of the calls. */
  readonly named: readonly CallMentions[];
  /** True when something was not started because it is not what the person said yes to any more. */
  readonly changed: boolean;
}

/** A tool as a model is offered it. `places` are the names of the connections where there are several. */
export function offer(tool: Tool, places: readonly string[] = []): ToolOffer {
  const schema = withPlaces(inputSchema(tool.input), places);
  return { name: tool.name, description: tool.modelDescription, inputSchema: schema };
}

/** A model is offered the field `connection` only where there are several, and then with their names to choose from. */
function withPlaces(schema: JsonObject, places: readonly string[]): JsonObject {
  const { properties } = schema;
  if (!isJsonObject(properties)) return schema;
  const { connection, ...others } = properties;
  if (!isJsonObject(connection) || places.length < 2) return { ...schema, properties: others };
  return { ...schema, properties: { ...others, connection: { ...connection, enum: places } } };
}

/**
 * Runs the calls of one reply: reads side by side, then writes and destroys one at a time. An error is an answer too.
 * `done` remembers the writes of this turn, so that none is done twice. Throws only when cancelled.
 */
export async function answerCalls(
  calls: readonly ToolCall[],
  tools: readonly Tool[],
  done: Map<string, string>,
  deps: CallDeps,
  signal: AbortSignal,
): Promise<Answered> {
  const answers = new Map<ToolCall, Answer>();
  const find = (call: ToolCall) => tools.find((tool) => tool.name === call.name);
  const isWrite = (call: ToolCall) => (find(call)?.effect ?? 'read') !== 'read';
  const read = async (call: ToolCall) =>
    answers.set(call, await answerCall(call, find(call), tools, deps, signal));
  await Promise.all(calls.filter((call) => !isWrite(call)).map(read));
  for (const call of calls.filter(isWrite)) {
    const same = [call.name, canonicalJson(call.input)].join('\n');
    const before = done.get(same);
    const outcome =
      before === undefined ? await answerCall(call, find(call), tools, deps, signal) : alreadyDone(before);
    answers.set(call, outcome);
    done.set(same, outcome.text);
  }
  return {
    results: calls.map((call) => ({ id: call.id, text: redact(answers.get(call)?.text ?? '') })),
    named: calls.map((call) => ({ writes: isWrite(call), mentions: answers.get(call)?.mentions ?? [] })),
    changed: [...answers.values()].some(({ changed }) => changed === true),
  };
}

type Answer = Outcome & { readonly changed?: boolean };

const alreadyDone = (text: string): Outcome => ({
  text: `This very call was made before in this answer and is not made again. What came of it:\n\n${text}`,
  mentions: [],
});

async function answerCall(
  call: ToolCall,
  tool: Tool | undefined,
  tools: readonly Tool[],
  deps: CallDeps,
  signal: AbortSignal,
): Promise<Answer> {
  if (tool === undefined) return { text: unknownTool(call.name, tools), mentions: [] };
  try {
    await deps.check(tool, call, signal);
    const outcome = await deps.invoke(tool, call, signal);
    return outcome === 'skipped' ? { text: skippedText, mentions: [] } : outcome;
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
