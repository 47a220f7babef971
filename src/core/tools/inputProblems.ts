import type * as z from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { own } from '../domain/own.ts';
import { asName } from '../text/literal.ts';
import { shorten } from '../text/markdown.ts';
import { redact } from '../text/redact.ts';
import { isHidden, secretMark } from '../text/secretNames.ts';

/** What is wrong with an input, in our words: "wait must be a whole number, got "soon"", one text for each problem. */
export function inputProblems(
  schema: JsonObject,
  input: unknown,
  issues: readonly z.core.$ZodIssue[],
): readonly string[] {
  return issues.map((issue) => shorten(problem(schema, input, issue), 300));
}

function problem(schema: JsonObject, input: unknown, issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys')
    return `there is no field ${issue.keys.map((key) => asName(key)).join(', ')}`;
  const [first, ...inner] = issue.path.map(String);
  if (first === undefined) return 'it must be an object with named fields';
  const field = fieldAt(schema, first, inner);
  const name = asName([first, ...inner].join('.'));
  const value = valueAt(input, [first, ...inner]);
  if (value === undefined) return `${name} is missing`;
  return `${name} must be ${wanted(field, issue)}, got ${shown(name, value)}`;
}

/** The schema of a field, or of what is in it. */
function fieldAt(schema: JsonObject, first: string, inner: readonly string[]): JsonObject {
  const fields = own(schema, 'properties');
  const field = isJsonObject(fields) ? own(fields, first) : undefined;
  if (!isJsonObject(field)) return {};
  const items = own(field, 'items');
  return inner.length > 0 && isJsonObject(items) ? items : field;
}

function valueAt(input: unknown, path: readonly string[]): Json | undefined {
  let value: unknown = input;
  for (const key of path) {
    if (Array.isArray(value)) value = value.at(Number(key));
    else value = isJsonObject(value) ? own(value, key) : undefined;
  }
  return value as Json | undefined;
}

function wanted(field: JsonObject, issue: z.core.$ZodIssue): string {
  const choices = own(field, 'enum');
  if (Array.isArray(choices)) return `one of ${choices.map(String).join(', ')}`;
  const type = own(field, 'type');
  if (issue.code === 'too_big' && type === 'string') return `a text of at most ${issue.maximum} characters`;
  if (issue.code === 'too_big' && type === 'array') return `a list of at most ${issue.maximum}`;
  if (issue.code === 'too_small' && type === 'array') return 'a list with something in it';
  return typeof type === 'string' ? (words[type] ?? 'another value') : 'another value';
}

const words: { readonly [type: string]: string | undefined } = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object such as {"name": 1}',
};

function shown(name: string, value: Json): string {
  return isHidden(name, value) ? secretMark : shorten(redact(JSON.stringify(value)), 60);
}
