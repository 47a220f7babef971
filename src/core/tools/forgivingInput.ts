import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { own } from '../domain/own.ts';

/** A number that was outside its field's bounds, and what was taken instead. */
export interface Bounded {
  readonly field: string;
  readonly given: number;
  readonly taken: number;
}

/** An input as the schema wants it, as far as it can be read so. */
export interface ReadInput {
  readonly input: unknown;
  readonly bounded: readonly Bounded[];
}

/**
 * Reads a call's input as it was meant, by the schema of its fields: null and "" are absent, a number given as text is a
 * number, a number where a text is wanted is a text, JSON given as text is an object or a list, one text is a list of one,
 * and a number outside the bounds is the nearest inside. What cannot be read stays as it is.
 */
export function forgivingInput(schema: JsonObject, raw: unknown): ReadInput {
  if (!isJsonObject(raw)) return { input: raw ?? {}, bounded: [] };
  const fields = own(schema, 'properties');
  const bounded: Bounded[] = [];
  const given = Object.entries(raw).filter(([, value]) => !isAbsent(value));
  const entries = given.map(([name, value]): readonly [string, Json] => {
    const field = isJsonObject(fields) ? own(fields, name) : undefined;
    if (!isJsonObject(field)) return [name, value];
    const read = readValue(field, value);
    const taken = withinBounds(field, read);
    if (typeof read === 'number' && typeof taken === 'number' && read !== taken)
      bounded.push({ field: name, given: read, taken });
    return [name, taken];
  });
  return { input: Object.fromEntries(entries), bounded };
}

const isAbsent = (value: Json) => value === null || (typeof value === 'string' && value.trim() === '');

function readValue(field: JsonObject, value: Json): Json {
  const type = own(field, 'type');
  if (typeof value === 'string') return readText(type, value, field);
  if (type === 'string' && typeof value === 'number') return String(value);
  if (type !== 'array') return value;
  const items = own(field, 'items');
  const list = Array.isArray(value) ? value : [value];
  return list
    .filter((item) => !isAbsent(item))
    .map((item) => (isJsonObject(items) ? readValue(items, item) : item));
}

function readText(type: Json | undefined, text: string, field: JsonObject): Json {
  switch (type) {
    case 'number':
    case 'integer':
      return /^[-+]?(?:\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : text;
    case 'boolean': {
      const word = text.trim().toLowerCase();
      return word === 'true' || word === 'false' ? word === 'true' : text;
    }
    case 'object': {
      const json = fromJson(text);
      return isJsonObject(json) ? json : text;
    }
    case 'array': {
      const json = fromJson(text);
      return readValue(field, Array.isArray(json) ? json : [text]);
    }
    default:
      return choiceIn(field, text);
  }
}

/** The choice that a text is in any case; the text itself where there are no choices or none fits. */
function choiceIn(field: JsonObject, text: string): Json {
  const choices = own(field, 'enum');
  if (!Array.isArray(choices) || choices.includes(text)) return text;
  const wanted = text.trim().toLowerCase();
  return choices.find((choice) => typeof choice === 'string' && choice.toLowerCase() === wanted) ?? text;
}

function fromJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function withinBounds(field: JsonObject, value: Json): Json {
  if (typeof value !== 'number') return value;
  const [least, most] = [own(field, 'minimum'), own(field, 'maximum')];
  if (typeof most === 'number' && value > most) return most;
  return typeof least === 'number' && value < least ? least : value;
}
