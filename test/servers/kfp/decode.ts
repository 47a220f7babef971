import { Refusal } from './failure.ts';
import { type JsonField, type JsonNode, JsonProblem, placeOf, plainOf, readNodes } from './jsonNodes.ts';
import type { Field, Message } from './messages.ts';

export type Decoded = { readonly [name: string]: unknown };

/** Decodes a body as the server's gateway does: both spellings of names, nothing unknown. An empty body is an empty message. */
export function decodeBody(body: string, message: Message): Decoded {
  if (body.trim() === '') return {};
  try {
    return decodeMessage(readNodes(body), message, body);
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    throw new Refusal(3, error.message === 'unexpected EOF' ? error.message : `proto: ${error.message}`);
  }
}

/** Decodes one message of a text. Throws JsonProblem. */
export function decodeMessage(node: JsonNode, message: Message, text: string): Decoded {
  if (node.kind !== 'object') throw unexpected(node, text);
  const set = new Map<string, string>();
  const decoded: { [name: string]: unknown } = {};
  for (const field of node.fields) {
    const name = nameOf(field.name, message);
    const known = name === undefined ? undefined : message.fields[name];
    if (name === undefined || known === undefined)
      throw problem(text, field.at, `unknown field ${JSON.stringify(field.name)}`);
    if (name in decoded) throw problem(text, field.at, `duplicate field ${JSON.stringify(field.name)}`);
    if (field.value.kind === 'plain' && field.value.value === null && known.is !== 'any') continue;
    checkGroup(field, known, message, set, text);
    decoded[name] = decodeValue(field, name, known, text);
  }
  return decoded;
}

function checkGroup(
  { name, at }: JsonField,
  { oneOf }: Field,
  message: Message,
  set: Map<string, string>,
  text: string,
): void {
  if (oneOf === undefined) return;
  if (set.has(oneOf)) {
    const group = `oneof ${message.name}.${oneOf} is already set`;
    throw problem(text, at, `error parsing ${JSON.stringify(name)}, ${group}`);
  }
  set.set(oneOf, name);
}

function nameOf(name: string, { fields }: Message): string | undefined {
  if (Object.hasOwn(fields, name)) return name;
  return Object.keys(fields).find((own) => camel(own) === name);
}

function camel(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function decodeValue({ value }: JsonField, name: string, { is }: Field, text: string): unknown {
  if (typeof is === 'object' && 'message' in is) {
    if (value.kind === 'list' && name === 'predicates')
      return value.items.map((item) => decodeMessage(item, is.message, text));
    return decodeMessage(value, is.message, text);
  }
  if (typeof is === 'object') return enumOf(value, name, is.enum, text);
  switch (is) {
    case 'any':
      return plainOf(value);
    case 'struct':
    case 'map':
      if (value.kind !== 'object') throw unexpected(value, text);
      return plainOf(value);
    case 'texts':
      if (value.kind !== 'list') throw unexpected(value, text);
      return plainOf(value);
    default:
      return plainValue(value, name, is, text);
  }
}

function plainValue(
  node: JsonNode,
  name: string,
  is: 'text' | 'flag' | 'int' | 'time',
  text: string,
): unknown {
  if (node.kind !== 'plain') throw unexpected(node, text);
  const { value, token } = node;
  const wrong = (type: string) =>
    problem(text, node.at, `invalid value for ${type} field ${camel(name)}: ${token}`);
  if (is === 'text') {
    if (typeof value !== 'string') throw wrong('string');
    return value;
  }
  if (is === 'flag') {
    if (typeof value !== 'boolean') throw wrong('bool');
    return value;
  }
  if (is === 'int') {
    if (!/^-?\d+$/.test(String(value)) || typeof value === 'boolean') throw wrong('int64');
    return String(value);
  }
  const isTime = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[-+]\d\d:\d\d)$/.test(value);
  if (!isTime) throw problem(text, node.at, `invalid google.protobuf.Timestamp value ${token}`);
  return value;
}

function enumOf(node: JsonNode, name: string, names: readonly string[], text: string): string {
  if (node.kind !== 'plain') throw unexpected(node, text);
  const { value, token } = node;
  if (typeof value === 'string' && names.includes(value)) return value;
  const known = typeof value === 'number' ? names[value] : undefined;
  if (known !== undefined) return known;
  throw problem(text, node.at, `invalid value for enum field ${camel(name)}: ${token}`);
}

function unexpected(node: JsonNode, text: string): JsonProblem {
  const token = node.kind === 'plain' ? node.token : node.kind === 'list' ? '[' : '{';
  return new JsonProblem(`syntax error (line ${placeOf(text, node.at)}): unexpected token ${token}`);
}

function problem(text: string, at: number, words: string): JsonProblem {
  return new JsonProblem(`(line ${placeOf(text, at)}): ${words}`);
}
