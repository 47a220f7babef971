import { isJsonObject, type Json } from '../domain/json.ts';
import { own } from '../domain/own.ts';
import type { ToolCall, ToolOffer } from '../ports/languageModel.ts';

/** What to say of a reply's text, and the calls that it held. */
export interface Unprinted {
  readonly text: string;
  readonly calls: readonly Omit<ToolCall, 'id'>[];
}

/** Said in place of a call that could not be read. */
export const printedCall = '*(The model wrote a tool call as text. It was not made.)*';

/** How models that were not taught to call tools begin a call that they print. */
const openings = [
  '<tool_call>',
  '<tool_calls>',
  '<function_call>',
  '<tool_use>',
  '<|tool_call|>',
  '<|tool_call_begin|>',
  '[TOOL_CALLS]',
  '<function=',
];
const longestOpening = Math.max(...openings.map(({ length }) => length));
const closing =
  /<\/(?:tool_calls?|function_call|tool_use|function)>|<\|\/?tool_call(?:_end)?\|>|\[\/TOOL_CALLS\]/;

/**
 * Keeps calls that a model prints as text out of what is said. `read` is what the model has read from outside in this turn:
 * a call that stands there is a quotation and not made.
 */
export function printedCalls(tools: readonly Pick<ToolOffer, 'name'>[], read: readonly string[]) {
  let held = '';
  let said = '';
  const calls: Unprinted['calls'][number][] = [];
  const take = (printed: string): string => {
    const found = callsIn(printed);
    const known = found.filter(({ name }) => tools.some((tool) => tool.name === name));
    const quoted = read.some((text) => text.includes(bodyOf(printed)));
    if (found.length === 0 || known.length < found.length || quoted) return printedCall;
    calls.push(...known);
    return '';
  };
  /** What of the held text can be said. */
  const release = (whole: boolean): string => {
    let out = '';
    for (;;) {
      const at = openingIn(said + out, held);
      if (at === undefined) {
        const keep = whole ? 0 : possibleOpening(held);
        out += held.slice(0, held.length - keep);
        held = held.slice(held.length - keep);
        break;
      }
      out += held.slice(0, at);
      held = held.slice(at);
      const length = lengthOfCall(held, whole);
      if (length === undefined) break;
      out += length === 0 ? held.slice(0, 1) : take(held.slice(0, length));
      held = held.slice(Math.max(1, length));
    }
    said += out;
    return out;
  };
  return {
    /** Takes a part of the reply and gives what of it can be said now. */
    push: (text: string): string => {
      held += text;
      return release(false);
    },
    /** The rest of the reply. */
    end: (): Unprinted => ({ text: release(true), calls }),
  };
}

/** What is longer is no call. */
const longestCall = 20_000;
/** So much is waited for until words after the mark are taken as words. */
const longestDoubt = 300;

/** How long the call is that a text begins with: 0 for none, undefined while it is not known. `whole`: nothing follows. */
function lengthOfCall(text: string, whole: boolean): number | undefined {
  const end = closing.exec(text.slice(1));
  if (end !== null) return 1 + end.index + end[0].length;
  const isCall = /^(?:<function=|[<[][\w|]+[>\]]\s*(?:[[{`]|$))/.test(text);
  if (!whole && text.length < (isCall ? longestCall : longestDoubt)) return undefined;
  return isCall ? text.length : 0;
}

/** Where a call begins that is neither in a code span nor in a fence. */
function openingIn(before: string, text: string): number | undefined {
  const places = openings.map((opening) => text.indexOf(opening)).filter((at) => at >= 0);
  const at = Math.min(...places);
  if (places.length === 0) return undefined;
  const line = (before + text.slice(0, at)).split('\n');
  const inFence = line.filter((each) => /^\s*`{3,}/.test(each)).length % 2 === 1;
  const inSpan = ((line.at(-1) ?? '').match(/`/g) ?? []).length % 2 === 1;
  if (!inFence && !inSpan) return at;
  const next = openingIn(before + text.slice(0, at + 1), text.slice(at + 1));
  return next === undefined ? undefined : at + 1 + next;
}

/** How many of the last characters may begin a call. */
function possibleOpening(text: string): number {
  for (let length = Math.min(longestOpening - 1, text.length); length > 0; length -= 1)
    if (openings.some((opening) => opening.startsWith(text.slice(-length)))) return length;
  return 0;
}

/** What stands between the marks. */
function bodyOf(printed: string): string {
  const inside = printed.replace(/^(?:<\|?[a-z_]+\|?>|\[TOOL_CALLS\])/, '');
  const end = closing.exec(inside)?.index ?? inside.length;
  return inside.slice(0, end).trim();
}

function callsIn(printed: string): Unprinted['calls'] {
  const named = /^<function=([\w-]+)>/.exec(printed);
  const body = bodyOf(named === null ? printed : printed.slice(named[0].length));
  const json = parsed(body.replace(/^```(?:json)?\s*|\s*```$/g, ''));
  if (json === undefined) return [];
  if (named !== null) return [{ name: named[1] ?? '', input: json }];
  const found = (Array.isArray(json) ? json : [json]).map(callOf);
  const whole = found.filter((call) => call !== undefined);
  return whole.length === found.length ? whole : [];
}

function callOf(json: Json): Unprinted['calls'][number] | undefined {
  if (!isJsonObject(json)) return undefined;
  const inner = own(json, 'function');
  if (isJsonObject(inner)) return callOf(inner);
  const name = own(json, 'name');
  const input = own(json, 'arguments') ?? own(json, 'parameters') ?? own(json, 'input') ?? {};
  const read = typeof input === 'string' ? parsed(input) : input;
  return typeof name === 'string' && isJsonObject(read ?? null) ? { name, input: read ?? {} } : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    const read: Json = JSON.parse(text);
    return read;
  } catch {
    return undefined;
  }
}
