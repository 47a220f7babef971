import { skippedShown, skippedText } from '../../tools/errorText.ts';
import type { Json } from '../../domain/json.ts';
import type { Focus } from '../../domain/focus.ts';
import { forPeople } from '../../text/markdown.ts';
import { tools as allTools } from '../../tools/table.ts';
import type { Tool } from '../../tools/tool.ts';
import { basicsHelp, notUnderstood } from './help.ts';
import type { Known } from './known.ts';
import { understand } from './understand.ts';

/** What MLOps Basics reads of a request: nothing else of the conversation reaches it. */
export interface BasicsRequest {
  /** The last thing the person said. */
  readonly person: string;
  readonly focus: Focus;
  /** Names of the tools offered. */
  readonly tools: readonly string[];
  /** Names of the connections, where there are several. */
  readonly places?: readonly string[];
  /** What exists where the sentence is about; left out where it could not be read. */
  readonly known?: Known | undefined;
  /** What the tools answered in this turn, in order. */
  readonly results: readonly string[];
}

export type BasicsReply =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'call'; readonly name: string; readonly input: { readonly [name: string]: Json } };

/**
 * MLOps Basics is no AI: it turns plain sentences into tool calls by rules and shows the results as they are.
 * One sentence makes one call; its result is the answer.
 */
export function answerBasics(request: BasicsRequest, tools: readonly Tool[] = allTools): BasicsReply {
  if (request.results.length > 0) return { kind: 'text', text: request.results.map(shown).join('\n\n') };
  const { person, focus, places = [], known } = request;
  const understood = understand(person, focus, { places, tools, known });
  if (understood === undefined) return { kind: 'text', text: notUnderstood(person, focus, known, tools) };
  if (understood === 'help') return { kind: 'text', text: basicsHelp(tools) };
  if (request.tools.includes(understood.tool))
    return { kind: 'call', name: understood.tool, input: understood.input };
  return {
    kind: 'text',
    text: `The tool ${understood.tool} is switched off here. Switch it on in the chat's tool picker.`,
  };
}

/** Results speak to people and models alike, but for what tells the model what not to do. */
const shown = (result: string) => (result === skippedText ? skippedShown : forPeople(result));
